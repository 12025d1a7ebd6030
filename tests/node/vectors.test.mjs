// The hand-written cases in Node: the validators and Standard Schema.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as cts from 'cts-tracker';
import { internal } from '../support/internal.mjs';
import { runCases } from '../vectors/run.mjs';

const { issueCodes, rules } = await internal('generated/metadata.ts');

const folder = new URL('../vectors/rules/', import.meta.url);
const files = readdirSync(folder).map((file) => [file, JSON.parse(readFileSync(new URL(file, folder), 'utf8'))]);
const capital = (name) => name[0].toUpperCase() + name.slice(1);

const suites = {
  'the validators': {
    validate: (name, input, options) => cts[`validate${capital(name)}`](input, options),
    ndjson: (kind, text) => cts.validateNdjson(kind, text),
  },
  'the validators in Chinese': {
    validate: (name, input, options) => cts[`validate${capital(name)}`](input, { ...options, locale: cts.zhCN }),
  },
  'NDJSON in chunks of a few bytes': {
    validate: (name, input, options) => cts[`validate${capital(name)}`](input, options),
    ndjson(kind, text) {
      const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
      const validator = cts.createNdjsonValidator(kind);
      for (let at = 0; at < bytes.length; at += 7) validator.push(bytes.subarray(at, at + 7));
      return validator.end();
    },
  },
  'Standard Schema': {
    validate(name, input, options) {
      const schema = cts.withOptions(cts[`${name}Schema`], { ...options });
      return schema['~standard'].validate(input);
    },
  },
};

for (const [name, validators] of Object.entries(suites)) {
  test(name, async (t) => {
    for (const [file, cases] of files) {
      await t.test(file, () => {
        const { run, wrong } = runCases(cases, validators);
        assert.equal(wrong.length, 0, `${wrong.length} of ${run}\n${wrong.slice(0, 20).join('\n')}`);
      });
    }
  });
}

test('every rule of the catalogue is reported in a case', () => {
  const reported = new Set();
  const noted = (result) => {
    for (const { code, rule } of [...(result.issues ?? []), ...result.warnings]) reported.add(`${code} ${rule}`);
    return result;
  };
  const { validate, ndjson } = suites['the validators'];
  const validators = {
    validate: (...call) => noted(validate(...call)),
    ndjson(...call) {
      const report = ndjson(...call);
      report.bad.forEach(noted);
      return report;
    },
  };
  for (const [, cases] of files) runCases(cases, validators);
  const all = rules.map(([code, rule]) => `${issueCodes[code]} ${rule}`);
  assert.deepEqual(
    all.filter((rule) => !reported.has(rule)),
    [],
  );
});
