// What wasm-pack makes of the crate, for each of its targets. Run by npm run test:matrix.
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
// It judges the two bodies, and takes a value for the JSON it has: a case in JavaScript may have none, 1e400 is null.
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

/** Builds for a target, and gives the folder. */
async function built(target) {
  const folder = join(work, target);
  await wasmPack(target, folder);
  return folder;
}

/** The cases want messages, which are the npm package's. */
const withMessages = (issues) => issues?.map((issue) => ({ ...issue, message: 'none here' }));
const VALIDATE = `
  const withMessages = ${withMessages};
  const door = {
    validate(name, input) {
      const said = wasm['validate' + name[0].toUpperCase() + name.slice(1)](input);
      if (said.issues) said.issues = withMessages(said.issues);
      return { ...said, warnings: withMessages(said.warnings) };
    },
  };`;
const doorOf = (wasm) => new Function('wasm', `${VALIDATE} return door;`)(wasm);

function assertRight({ run: count, wrong }) {
  assert.equal(wrong.length, 0, `${wrong.length} of ${count}\n${wrong.slice(0, 20).join('\n')}`);
  assert.ok(count > 400, `only ${count} cases ran`);
}

test('nodejs: every case, and whatever else JavaScript has', async () => {
  const wasm = require(await built('nodejs'));
  assert.deepEqual(Object.keys(wasm).sort(), ['validateCheckObsBuckets', 'validateCreateTracker']);
  assertRight(runCases(cases, doorOf(wasm)));

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
      // How deep is too deep is the engine's to say.
      if (actual) assert.deepEqual(issue.params, { actual });
    }
  }
});

test('nodejs: what it gives are plain objects, as the npm package gives them but for the message', () => {
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
    const said = wasm.validateCreateTracker(input);
    const expected = bare(cts.validateCreateTracker(input));
    // Strictly: prototypes, and keys that hold undefined, count.
    assert.ok(isDeepStrictEqual(said, expected), `${JSON.stringify(said)}\n${JSON.stringify(expected)}`);
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
    // @ts-expect-error: there is no such answer
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
    assertRight(
      await resultOf(
        site,
        `
      import init, * as wasm from '/tests/packaging/.work/wasm-pack/web/cts_tracker.js';
      import { runCases } from '/tests/vectors/run.mjs';
      await init();
      ${VALIDATE}
      done(runCases(await (await fetch('/cases.json')).json(), door));
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
