// Hosts that lack globals (jsdom under Jest, Hermes, `node --jitless`, Chromium before 115): importing works, and an error
// names what is missing and the way around.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { project, run } from './support/project.mjs';

const ENTRIES = [
  '',
  '/slim',
  '/js',
  '/signing',
  '/proxy',
  '/emulator',
  '/node',
  '/async-validator',
  '/arco',
  '/tdesign',
  '/vee-validate',
];
/** ECMAScript has them, but not every engine. */
const OPTIONAL = ['WebAssembly', 'FinalizationRegistry', 'WeakRef', 'SharedArrayBuffer', 'Atomics', 'Intl'];

let folder;
before(async () => {
  folder = await project('missing-globals', {});
});

/** Loads a CommonJS entry into a realm that has only ECMAScript and these globals. */
function load(entry, realm) {
  const context = createContext(realm);
  const modules = new Map();
  const require = (file) => {
    const known = modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(file, module);
    const body = `(function (exports, require, module) { ${readFileSync(file, 'utf8')}\n})`;
    const own = createRequire(file);
    const load = (name) => (name.startsWith('.') ? require(join(dirname(file), name)) : own(name));
    runInContext(body, context, { filename: file })(module.exports, load, module);
    return module.exports;
  };
  return require(createRequire(join(folder, 'x.js')).resolve(`cts-tracker${entry}`));
}

/** A realm that records which globals are read. */
function watched() {
  const read = [];
  const realm = {};
  for (const name of new Set([...OPTIONAL, ...Object.getOwnPropertyNames(globalThis)])) {
    if (name === 'globalThis' || (name in bare() && !OPTIONAL.includes(name))) continue;
    Object.defineProperty(realm, name, {
      get() {
        read.push(name);
        throw new ReferenceError(`${name} is not defined`);
      },
    });
  }
  return { read, realm };
}
const bare = () => runInContext('globalThis', createContext({}));

for (const entry of ENTRIES) {
  test(`cts-tracker${entry}: import reads no global of the host`, () => {
    const { read, realm } = watched();
    const exports = load(entry, realm);
    assert.ok(Object.keys(exports).length > 0);
    assert.deepEqual(read, []);
  });
}

test('without TextEncoder and TextDecoder, an error names the one that a value needs', () => {
  const { validateTrackerName, validateCreateTracker } = load('', {});
  assert.equal(validateTrackerName('a b').issues[0].code, 'invalid_character');
  const named = (name) => ({ name: 'CtsError', kind: 'internal', message: new RegExp(`^${name} is missing: .*Jest`) });
  assert.throws(() => validateTrackerName('审计'), named('TextEncoder'));
  // The params of this issue contain text of the request.
  assert.throws(() => validateCreateTracker({ unknown: 1 }), named('TextDecoder'));
});

const NO_WASM = { name: 'CtsError', kind: 'internal', message: /has no WebAssembly: .*import cts-tracker\/js$/ };

test('without WebAssembly, the error names cts-tracker/js, which works', async () => {
  const realm = { WebAssembly: undefined };
  const { validateCreateTracker, warmup } = load('', realm);
  assert.throws(() => validateCreateTracker({}), NO_WASM);
  await assert.rejects(warmup(), NO_WASM);
  assert.equal(load('/js', { WebAssembly: undefined }).validateCreateTracker({}).issues.length, 1);
});

test('node --jitless: the server entries name what they need, too', async () => {
  const program = `
    const messages = {};
    const first = { cts: (cts) => cts.validateCreateTracker({}), js: (cts) => cts.validateCreateTracker({}),
      emulator: (cts) => cts.createEmulator() };
    for (const [name, use] of Object.entries(first)) {
      const cts = require(name === 'cts' ? 'cts-tracker' : 'cts-tracker/' + name);
      try { messages[name] = use(cts).issues.length } catch (error) { messages[name] = error.kind + ': ' + error.message; }
    }
    console.log(JSON.stringify(messages));`;
  const { stdout } = await run(process.execPath, ['--jitless', '-e', program], { cwd: folder });
  const { cts, js, emulator } = JSON.parse(stdout);
  assert.match(cts, /^internal: .*import cts-tracker\/js$/);
  assert.equal(js, 1);
  assert.match(emulator, /^internal: .*run it on a host that has WebAssembly, or .* in Nitro by experimental\.wasm$/);
});

/** A class that cannot be constructed. */
const refused = (error) =>
  class {
    constructor() {
      throw error;
    }
  };

/** A `WebAssembly` that refuses as an engine does. */
function refusing(error) {
  const [Module, Instance] = [refused(error), refused(error)];
  const refuse = () => Promise.reject(error);
  return { ...methods(WebAssembly), Module, Instance, compile: refuse, instantiate: refuse };
}
const methods = (object) => Object.fromEntries(Object.getOwnPropertyNames(object).map((name) => [name, object[name]]));

test('whatever the words of the engine, the error names cts-tracker/js', async () => {
  const compileError = (message) => new WebAssembly.CompileError(message);
  for (const error of [
    compileError(''),
    compileError('WebAssembly.Module(): Wasm code generation disallowed by embedder'),
    compileError("Refused to evaluate a string as JavaScript because 'unsafe-eval' is not allowed"),
    new Error('Not allowed in a content script'),
    undefined,
  ]) {
    const { validateCreateTracker, warmup } = load('', { WebAssembly: refusing(error) });
    const named = { name: 'CtsError', kind: 'internal', message: /import cts-tracker\/js$/ };
    assert.throws(() => validateCreateTracker({}), named);
    await assert.rejects(warmup(), named);
  }
});

/** Chromium before 115, on the main thread. The matrix runs the browser itself. */
function onlyAsynchronous() {
  const error = new RangeError(
    'WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.',
  );
  return { ...methods(WebAssembly), Module: refused(error), Instance: refused(error) };
}

test('where only asynchronous compilation is allowed, a first call names warmup(), and works after it', async () => {
  const realm = { WebAssembly: onlyAsynchronous() };
  const { validateCreateTracker, warmup } = load('', realm);
  const named = { name: 'CtsError', kind: 'internal', message: /await warmup\(\), or import cts-tracker\/js$/ };
  assert.throws(() => validateCreateTracker({}), named);
  await warmup();
  assert.equal(validateCreateTracker({}).issues.length, 1);
});

test('where only asynchronous compilation is allowed, slim works after init', async () => {
  const wasm = readFileSync(join(folder, 'node_modules/cts-tracker/cts_tracker_bg.wasm'));
  const { init, initSync, validateCreateTracker } = load('/slim', { WebAssembly: onlyAsynchronous() });
  assert.throws(() => initSync(wasm), { name: 'CtsError', message: /await init\(source\)/ });
  await init(wasm);
  assert.equal(validateCreateTracker({}).issues.length, 1);
});

test('where only asynchronous compilation is allowed, the client starts without warmup()', async () => {
  const { AbortController, Headers, Request, TextDecoder, TextEncoder, URL, clearTimeout, setTimeout } = globalThis;
  const realm = { AbortController, Headers, Request, TextDecoder, TextEncoder, URL, clearTimeout, setTimeout };
  const options = {
    baseUrl: 'http://localhost/',
    projectId: '2306579dc99f4c8690b14b68e734fcd9',
    domainId: '24edf66e79d04187acb99a463e610764',
    fetch: async () => Response.json({ tracker_name: 'system', id: '1', buckets: [{ bucket_name: 'bucket1' }] }),
  };
  const buckets = [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }];
  const tracker = { tracker_type: 'system', obs_info: { bucket_name: 'bucket1' } };
  for (const use of [
    ({ client }) => client.createTracker(tracker),
    ({ client }) => client.checkObsBuckets({ buckets }),
    ({ client }) => client.checkBuckets(buckets),
    ({ client, preflight }) => preflight(client, tracker, { bucketLocation: 'cn-north-1' }),
  ]) {
    const { createCtsClient, preflight } = load('', { ...realm, WebAssembly: onlyAsynchronous() });
    assert.ok(await use({ client: createCtsClient(options), preflight }));
  }
});
