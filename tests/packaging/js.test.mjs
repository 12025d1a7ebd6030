// `cts-tracker/js` has the same results as the wasm: the hand-written cases, under a policy that forbids wasm, and random
// requests. CTS_CASES=1000000 runs longer, CTS_SEED=… repeats a run.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as wasm from '../../pkg/index.js';
import * as js from '../../pkg/js.js';
import { oddHostile } from '../node/support/hostile-values.mjs';
import { randomFrom, seedOf } from '../node/support/random.mjs';
import { oddJson, requestsFrom } from '../node/support/requests.mjs';
import { closeBrowser, resultOf, serveFolder } from '../support/pages.mjs';
import { runCases } from '../vectors/run.mjs';
import { root } from './support/project.mjs';

after(closeBrowser);

const CASES = Number(process.env.CTS_CASES ?? 10_000);
const folder = new URL('../vectors/rules/', import.meta.url);
const files = readdirSync(folder);
const cases = files.flatMap((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
const capital = (name) => name[0].toUpperCase() + name.slice(1);

const ofJavaScript = ({ js: code }) => code !== undefined;

test('every case in JavaScript, in Node', () => {
  const validators = { validate: (name, input, options) => js[`validate${capital(name)}`](input, options) };
  const { run, wrong } = runCases(cases.filter(ofJavaScript), validators);
  assert.equal(wrong.length, 0, `${wrong.length} of ${run}\n${wrong.slice(0, 20).join('\n')}`);
  assert.ok(run > 50, `only ${run} cases ran`);
});

test('both entries agree on random requests', (t) => {
  const seed = seedOf(t);
  const counts = { valid: 0, invalid: 0 };
  // Makes the same input for both, since some values can be read only once.
  const inputOf = (i) => {
    const random = randomFrom(seed + i);
    const kind = random.chance(0.5) ? 'createTracker' : 'checkObsBuckets';
    return { kind, input: requestsFrom(random, i % 2 ? oddHostile : oddJson)[kind]() };
  };
  const validate = ({ validateCreateTracker, validateCheckObsBuckets }, { kind, input }) =>
    kind === 'createTracker' ? validateCreateTracker(input) : validateCheckObsBuckets(input);
  for (let i = 0; i < CASES; i++) {
    const expected = validate(wasm, inputOf(i));
    const result = validate(js, inputOf(i));
    counts[expected.issues ? 'invalid' : 'valid'] += 1;
    if (!isDeepStrictEqual(result, expected)) {
      assert.fail(`CTS_SEED=${seed + i}: got ${JSON.stringify(result)}, expected ${JSON.stringify(expected)}`);
    }
  }
  t.diagnostic(`${counts.valid} valid, ${counts.invalid} invalid`);
  assert.ok(Math.min(counts.valid, counts.invalid) > CASES / 10, 'too few valid or invalid inputs');
});

test('both entries agree on random lines, and on input larger than the initial memory', (t) => {
  const random = randomFrom(seedOf(t));
  const { createTracker } = requestsFrom(random);
  const lines = Array.from({ length: CASES / 2 }, () => JSON.stringify(createTracker())).join('\n');
  for (const text of [lines, `${lines}\n`.repeat(Math.ceil(4e6 / lines.length)), lines]) {
    assert.deepEqual(js.validateNdjson('createTracker', text), wasm.validateNdjson('createTracker', text));
  }
});

test('every other case, in a page that forbids wasm', async () => {
  const site = await serveFolder(root, { csp: "default-src 'self'; script-src 'self'" });
  try {
    const { run, wrong } = await resultOf(
      site,
      `
      import * as cts from '/pkg/js.js';
      import { runCases } from '/tests/vectors/run.mjs';
      const capital = (name) => name[0].toUpperCase() + name.slice(1);
      const validators = {
        validate: (name, input, options) => cts['validate' + capital(name)](input, options),
        ndjson: (kind, text) => cts.validateNdjson(kind, text),
      };
      const read = async (file) => (await fetch('/tests/vectors/rules/' + file)).json();
      const cases = await Promise.all(${JSON.stringify(files)}.map(read));
      // The policy also forbids evaluating the cases in JavaScript.
      done(runCases(cases.flat().filter(({ js }) => js === undefined), validators));
    `,
    );
    assert.equal(wrong.length, 0, `${wrong.length} of ${run}\n${wrong.slice(0, 20).join('\n')}`);
    assert.ok(run > 900, `only ${run} cases ran`);
  } finally {
    await site.close();
  }
});
