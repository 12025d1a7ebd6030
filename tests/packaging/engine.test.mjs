// The entries when the wasm traps, cannot start, or is not loaded yet.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { asCharacters, patchGlue, patchScript, patchScriptGlue, withoutClosures } from '../../tools/glue.mjs';
import { internal } from '../support/internal.mjs';
import { root } from './support/project.mjs';

const { createEngine } = await internal('wasm/instance.ts');

// (func (export "trap") unreachable) (func (export "one") (result i32) i32.const 1) (memory (export "memory") 1)
const BYTES = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 2, 96, 0, 0, 96, 0, 1, 127, 3, 3, 2, 0, 1, 5, 3, 1, 0, 1, 7, 23, 3, 4, 116, 114,
  97, 112, 0, 0, 3, 111, 110, 101, 0, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0, 10, 10, 2, 3, 0, 0, 11, 4, 0, 65, 1, 11,
]);

/** The engine with a wasm that can trap. */
function engine({ compile = () => new WebAssembly.Module(BYTES), refuseStart = () => false, source } = {}) {
  let instances = 0;
  const instantiate = () => new WebAssembly.Instance(compile());
  const glue = {
    imports: () => ({}),
    start({ exports }) {
      if (refuseStart()) throw new RangeError('out of memory');
      instances++;
      return exports;
    },
  };
  source ??= { instantiate, instantiateAsync: async () => instantiate() };
  return { ...createEngine(glue, source, 'import cts-tracker/js'), instances: () => instances };
}

test('after a trap the next call works, a thousand times', () => {
  const { call, instance, instances } = engine();
  for (let i = 0; i < 1000; i++) {
    assert.throws(
      () => call(() => instance().trap()),
      (error) =>
        error.name === 'CtsError' && error.kind === 'internal' && error.cause instanceof WebAssembly.RuntimeError,
    );
    assert.equal(
      call(() => instance().one()),
      1,
    );
  }
  assert.equal(instances(), 1001);
});

test('when no new instance can be made, the next call tries again', () => {
  let refused = false;
  const { call, instance } = engine({ refuseStart: () => refused });
  assert.throws(() => call(() => instance().trap()), { kind: 'internal' });
  refused = true;
  assert.throws(() => call(() => instance().one()), { kind: 'internal' });
  refused = false;
  assert.equal(
    call(() => instance().one()),
    1,
  );
});

test('compilation is retried after a failure, and the error names the Content-Security-Policy', async () => {
  let error = new WebAssembly.CompileError(
    "violates the following Content Security Policy directive because 'unsafe-eval' is not allowed",
  );
  const { call, instance, warmup } = engine({
    compile: () => {
      if (error) throw error;
      return new WebAssembly.Module(BYTES);
    },
  });
  assert.throws(() => call(() => instance().one()), {
    name: 'CtsError',
    kind: 'internal',
    message: /'wasm-unsafe-eval' in script-src/,
  });
  await assert.rejects(warmup(), { name: 'CtsError', kind: 'internal' });
  error = undefined;
  await Promise.all([warmup(), warmup()]);
  assert.equal(
    call(() => instance().one()),
    1,
  );
});

test('all byte values can be encoded as characters, also next to digits and quotes', async () => {
  const bytes = [];
  const codes = (text) => [...text].map((c) => c.charCodeAt(0));
  for (let a = 0; a < 256; a++)
    bytes.push(a, ...codes('0\x0007`"\'\\$\n\r\\x00\\0').flatMap((c) => [c, a]), ...codes('${</script></SCRIPT>'), a);
  const contents = `export const binary = () => ${asCharacters(Uint8Array.from(bytes))};`;
  assert.doesNotMatch(contents, /<\/script/i);
  const texts = [contents];
  // A bundler may rewrite the string.
  for (const charset of ['utf8', 'ascii']) {
    for (const minify of [true, false]) {
      const { outputFiles } = await build({ stdin: { contents }, format: 'esm', charset, minify, write: false });
      texts.push(outputFiles[0].text);
    }
  }
  for (const text of texts) {
    const { binary } = await import(
      `data:text/javascript;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`
    );
    assert.deepEqual([...Buffer.from(binary(), 'latin1')], bytes);
  }
});

test('the build fails if the wasm uses closures', () => {
  assert.throws(() => withoutClosures('function makeMutClosure() {}'), /closure or an async function/);
  assert.equal(withoutClosures('let no_closures;'), 'let no_closures;');
});

test('the build fails if the output of wasm-bindgen or wasm2js has another format', () => {
  assert.throws(() => patchGlue('let cachedTextDecoder;', 'globals.ts'), /update tools\/glue/);
  assert.throws(() => patchScriptGlue('wasm.__wbindgen_start();'), /update patchScript/);
  assert.throws(() => patchScript("import * as env from 'env';\nfunction asmFunc() {}\n"), /update tools\/glue/);
});

const wasm = await readFile(join(root, 'pkg', 'cts_tracker_bg.wasm'));
const fresh = () => import(`../../pkg/slim.js?${Math.random()}`);
const valid = { buckets: [] };

test('slim throws an error that names init if it is not initialised', async () => {
  const { validateCheckObsBuckets, warmup } = await fresh();
  assert.throws(() => validateCheckObsBuckets(valid), {
    name: 'CtsError',
    kind: 'internal',
    message: /init\(source\)/,
  });
  await assert.rejects(warmup(), { name: 'CtsError' });
});

/** Serves the wasm file: `/typed` with its content type, `/untyped` without. */
async function serveWasm(t) {
  const server = createServer((request, response) => {
    const type = request.url === '/typed' ? 'application/wasm' : 'application/octet-stream';
    response.writeHead(request.url === '/missing' ? 404 : 200, { 'content-type': type });
    response.end(request.url === '/broken' ? 'no wasm' : wasm);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

const buffer = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length);
const SOURCES = {
  'a string': (base) => `${base}/typed`,
  'a URL': (base) => new URL(`${base}/untyped`),
  'a Response': (base) => fetch(`${base}/typed`).then((response) => response),
  'a promise of a Response': (base) => fetch(`${base}/untyped`),
  'a constructed Response': () => new Response(wasm),
  'a promise of bytes': async () => wasm,
};
const NOW = {
  'a Uint8Array': () => wasm,
  'an ArrayBuffer': () => buffer,
  'a DataView': () => new DataView(buffer),
  'part of a buffer': () => new Uint8Array([0, 0, 0, ...wasm]).subarray(3),
  'a WebAssembly.Module': () => new WebAssembly.Module(wasm),
};

for (const [name, source] of Object.entries({ ...SOURCES, ...NOW })) {
  test(`slim: init accepts ${name}`, async (t) => {
    const { init, validateCheckObsBuckets } = await fresh();
    const given = source(await serveWasm(t));
    assert.equal(await init(name === 'a Response' ? await given : given), undefined);
    assert.equal(validateCheckObsBuckets(valid).issues, undefined);
  });
}

for (const [name, source] of Object.entries(NOW)) {
  test(`slim: initSync accepts ${name}`, async () => {
    const { initSync, validateCheckObsBuckets } = await fresh();
    assert.equal(initSync(source()), undefined);
    assert.equal(validateCheckObsBuckets(valid).issues, undefined);
  });
}

test('slim streams only responses with the content type of wasm', async (t) => {
  const base = await serveWasm(t);
  const streamed = t.mock.method(WebAssembly, 'compileStreaming');
  await (await fresh()).init(`${base}/untyped`);
  assert.equal(streamed.mock.callCount(), 0);
  await (await fresh()).init(`${base}/typed`);
  assert.equal(streamed.mock.callCount(), 1);
});

test('slim: concurrent calls of init load once, and later calls have no effect', async (t) => {
  const base = await serveWasm(t);
  const fetched = t.mock.method(globalThis, 'fetch');
  const { init, initSync, validateCheckObsBuckets, warmup } = await fresh();
  await Promise.all([init(`${base}/typed`), init(`${base}/missing`), init(), warmup()]);
  await init(`${base}/missing`);
  initSync();
  assert.equal(fetched.mock.callCount(), 1);
  assert.equal(validateCheckObsBuckets(valid).issues, undefined);
});

test('slim: an invalid source is a CtsError, and init works afterwards', async (t) => {
  const base = await serveWasm(t);
  const { init, initSync, validateCheckObsBuckets } = await fresh();
  const refuses = async (source) => {
    await assert.rejects(init(source), { name: 'CtsError', kind: 'internal' }, String(source));
    assert.throws(() => initSync(source), { name: 'CtsError', kind: 'internal' }, String(source));
  };
  for (const source of [
    `${base}/missing`,
    `${base}/broken`,
    'http://127.0.0.1:1/',
    '',
    new URL('file:///nowhere.wasm'),
    new Uint8Array(3),
    undefined,
    null,
    7,
    {},
  ])
    await refuses(source);
  await assert.rejects(init(Promise.reject(new Error('no'))), { name: 'CtsError', kind: 'internal', message: /no$/ });
  // Both callers get the failure.
  const [one, two] = await Promise.allSettled([init(`${base}/missing`), init(`${base}/typed`)]);
  assert.deepEqual([one.reason?.kind, two.reason?.kind], ['internal', 'internal']);
  assert.throws(() => validateCheckObsBuckets(valid), { name: 'CtsError', message: /init\(source\)/ });
  await init(`${base}/typed`);
  assert.equal(validateCheckObsBuckets(valid).issues, undefined);
});

test('slim: the error about a file: URL in Node suggests readFile', async () => {
  const { init, validateCheckObsBuckets } = await fresh();
  const url = new URL('../../pkg/cts_tracker_bg.wasm', import.meta.url);
  for (const source of [url, url.href]) {
    await assert.rejects(init(source), {
      name: 'CtsError',
      kind: 'internal',
      message: /in Node, await init\(readFile.*cts-tracker\/cts_tracker_bg\.wasm/,
    });
  }
  await assert.rejects(init('http://127.0.0.1:1/'), ({ message }) => !message.includes('Node'));
  await init(await readFile(url));
  assert.equal(validateCheckObsBuckets(valid).issues, undefined);
});

/** The package's wasm with an export that corrupts the stack and traps, so the instance is unusable. */
async function faulty() {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(wasm);
  const { value: name } = binaryen.getExportInfo(module.getExport('field_state'));
  const { params, results } = binaryen.getFunctionInfo(module.getFunction(name));
  const { name: stack, mutable } = binaryen.getGlobalInfo(module.getGlobalByIndex(0));
  assert.ok(mutable);
  module.removeFunction(name);
  const body = module.block(null, [module.global.set(stack, module.i32.const(16)), module.unreachable()]);
  module.addFunction(name, params, results, [], body);
  return module.emitBinary();
}

/** The `js` entry with the same fault. */
async function faultyScript() {
  const text = await readFile(join(root, 'pkg', 'js.js'), 'utf8');
  const broken = text.replace(
    '"field_state": field_state,',
    '"field_state": () => { __stack_pointer = 16; wasm2js_trap(); },',
  );
  assert.notEqual(broken, text);
  return broken;
}

for (const [entry, load] of [
  [
    'slim',
    async () => {
      const cts = await fresh();
      cts.initSync(await faulty());
      return cts;
    },
  ],
  ['js', async () => import(`data:text/javascript;base64,${Buffer.from(await faultyScript()).toString('base64')}`)],
]) {
  test(`${entry}: after a panic the next call works, a thousand times`, async () => {
    const { fieldState, validateCreateTracker, validateNdjson } = await load();
    const { issues } = validateCreateTracker({});
    for (let i = 0; i < 1000; i++) {
      assert.throws(() => fieldState({}), { name: 'CtsError', kind: 'internal', message: /unreachable/ });
      assert.deepEqual(validateCreateTracker({}).issues, issues);
    }
    assert.equal(validateNdjson('createTracker', '{}\n').invalid, 1);
  });
}
