// The builds of wasm-pack for each of its targets. Run by npm run test:matrix.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as cts from 'cts-tracker';
import { wasmPack } from '../../../tools/wasm-pack.mjs';
import { CSP, closeBrowser, resultOf, serveFolder } from '../../support/pages.mjs';
import { runCases } from '../../vectors/run.mjs';
import { here, root, run } from '../support/project.mjs';

const require = createRequire(join(here, 'package.json'));
const work = join(here, '.work', 'wasm-pack');
const rules = new URL('../../vectors/rules/', import.meta.url);
// It validates the two bodies and reads values as JSON. A value of a JavaScript case may have no JSON; 1e400 is null.
const isOurs = ({ validator, js, json }) =>
  ['createTracker', 'checkObsBuckets'].includes(validator) && !js && !json?.includes('1e400');
const cases = readdirSync(rules)
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, rules), 'utf8')))
  .filter(isOurs);

before(async () => {
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
});
after(closeBrowser);

/** Builds for a target and returns the folder. */
async function built(target) {
  const folder = join(work, target);
  await wasmPack(target, folder);
  return folder;
}

/** Adds the messages that the cases expect, which only the npm package has. */
const withMessages = (issues) => issues?.map((issue) => ({ ...issue, message: 'none here' }));
const VALIDATE = `
  const withMessages = ${withMessages};
  const validators = {
    validate(name, input) {
      const result = wasm['validate' + name[0].toUpperCase() + name.slice(1)](input);
      if (result.issues) result.issues = withMessages(result.issues);
      return { ...result, warnings: withMessages(result.warnings) };
    },
  };`;
const validatorsOf = (wasm) => new Function('wasm', `${VALIDATE} return validators;`)(wasm);

function assertNoneWrong({ run: count, wrong }) {
  assert.equal(wrong.length, 0, `${wrong.length} of ${count}\n${wrong.slice(0, 20).join('\n')}`);
  assert.ok(count > 400, `only ${count} cases ran`);
}

test('nodejs: every case, and hostile values', async () => {
  const wasm = require(await built('nodejs'));
  assert.deepEqual(Object.keys(wasm).sort(), ['validateCheckObsBuckets', 'validateCreateTracker']);
  assertNoneWrong(runCases(cases, validatorsOf(wasm)));

  const cycle = {};
  cycle.cycle = cycle;
  const throws = {
    get tracker_type() {
      throw new Error('no');
    },
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  let deep = [];
  for (let i = 0; i < 1e5; i++) deep = [deep];
  const inputs = [
    [undefined, 'undefined'],
    [null, 'null'],
    [() => {}, 'function'],
    [Symbol('x'), 'symbol'],
    [1n, 'bigint'],
    [{ tracker_type: 1n }, 'unreadable'],
    [cycle, 'unreadable'],
    [throws, 'unreadable'],
    [proxy, 'unreadable'],
    [deep, undefined],
    ['x', 'string'],
    [7, 'number'],
    [[], 'array'],
    [new Date(0), 'string'],
  ];
  for (const [input, actual] of inputs) {
    for (const validate of [wasm.validateCreateTracker, wasm.validateCheckObsBuckets]) {
      const {
        issues: [issue],
        warnings,
      } = validate(input);
      assert.deepEqual([issue.code, issue.path, warnings], ['not_object', [], []]);
      // The maximum depth depends on the engine.
      if (actual) assert.deepEqual(issue.params, { actual });
    }
  }
});

test('nodejs: results are plain objects, equal to those of the npm package except for messages', () => {
  const wasm = require(join(work, 'nodejs'));
  const bare = ({ issues, ...rest }) => {
    const strip = (list) => list.map(({ message, ...issue }) => issue);
    return { ...rest, ...(issues && { issues: strip(issues) }), warnings: strip(rest.warnings) };
  };
  const inputs = [
    { tracker_type: 'system', kms_id: null, obs_info: { bucket_name: 'abc', bucket_lifecycle: 30 } },
    {
      tracker_type: 'data',
      tracker_name: 'é',
      data_bucket: { data_event: ['READ', 'x'] },
      typo: 1,
      obs_info: { bucket_lifecycle: 31 },
    },
  ];
  for (const input of inputs) {
    const result = wasm.validateCreateTracker(input);
    const expected = bare(cts.validateCreateTracker(input));
    // The comparison includes prototypes and keys whose value is undefined.
    assert.ok(isDeepStrictEqual(result, expected), `${JSON.stringify(result)}\n${JSON.stringify(expected)}`);
  }
});

test('nodejs: the types', async () => {
  await writeFile(
    join(work, 'use.cts'),
    `
    import { validateCreateTracker, validateCheckObsBuckets } from './nodejs/cts_tracker.js';
    const answer = validateCreateTracker({});
    if (answer.issues) { const code: 'required' | string = answer.issues[0].code; void code; }
    else { const type: 'system' | 'data' = answer.value.tracker_type; void type; }
    validateCheckObsBuckets(undefined).value?.buckets?.[0]?.bucket_name.length;
    // @ts-expect-error: no such property
    answer.errors;\n`,
  );
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2022,dom'];
  await run(process.execPath, [compiler, ...options, 'use.cts'], { cwd: work });
});

test('web: every case in a page', async () => {
  await built('web');
  const site = await serveFolder(root, { csp: CSP });
  try {
    site.pages.set('/cases.json', JSON.stringify(cases));
    assertNoneWrong(
      await resultOf(
        site,
        `
      import init, * as wasm from '/tests/packaging/.work/wasm-pack/web/cts_tracker.js';
      import { runCases } from '/tests/vectors/run.mjs';
      await init();
      ${VALIDATE}
      done(runCases(await (await fetch('/cases.json')).json(), validators));
    `,
      ),
    );
  } finally {
    await site.close();
  }
});

test('bundler: by webpack', async () => {
  await built('bundler');
  await writeFile(
    join(work, 'main.mjs'),
    `import * as wasm from './bundler/cts_tracker.js';
    console.log(JSON.stringify(wasm.validateCreateTracker({}).issues.map(({ code, path }) => [code, path])));`,
  );
  const stats = await new Promise((done, fail) => {
    require('webpack')(
      {
        context: work,
        entry: './main.mjs',
        mode: 'production',
        target: 'node',
        experiments: { asyncWebAssembly: true },
        output: { path: join(work, 'dist'), filename: 'main.cjs' },
        performance: false,
      },
      (error, result) => (error ? fail(error) : done(result)),
    );
  });
  assert.deepEqual(stats.toJson().errors, []);
  const { stdout } = await run(process.execPath, ['main.cjs'], { cwd: join(work, 'dist') });
  assert.deepEqual(
    JSON.parse(stdout),
    cts.validateCreateTracker({}).issues.map(({ code, path }) => [code, path]),
  );
});
