// What the entries do when the wasm traps, cannot start, or comes late.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { createEngine } from '../../pkg-template/src/make-engine.js';
import { asCharacters, SHIFT, withoutClosures } from '../../tools/glue.mjs';
import { root } from './support/project.mjs';

// (func (export "trap") unreachable) (func (export "one") (result i32) i32.const 1) (memory (export "memory") 1)
const BYTES = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 2, 96, 0, 0, 96, 0, 1, 127, 3, 3, 2, 0, 1, 5, 3, 1, 0, 1, 7, 23, 3, 4, 116, 114, 97,
  112, 0, 0, 3, 111, 110, 101, 0, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0, 10, 10, 2, 3, 0, 0, 11, 4, 0, 65, 1, 11,
]);

/** As wasm-bindgen's glue: starts once, and again on request. */
function engine({ compile = () => new WebAssembly.Module(BYTES), refuseReset = () => false } = {}) {
  let module;
  let exports;
  let instances = 0;
  const start = () => {
    instances++;
    exports = new WebAssembly.Instance(module).exports;
  };
  const made = createEngine(
    (options) => {
      if (!exports) {
        ({ module } = options);
        start();
      }
      return exports;
    },
    () => {
      if (refuseReset()) throw new RangeError('out of memory');
      start();
    },
    { compile, compileAsync: async () => compile() },
  );
  return { ...made, instances: () => instances };
}

test('after a trap the next call works, a thousand times', () => {
  const { call, instance, instances } = engine();
  for (let i = 0; i < 1000; i++) {
    assert.throws(() => call(() => instance().trap()), (error) => (
      error.name === 'CtsError' && error.kind === 'internal' && error.cause instanceof WebAssembly.RuntimeError));
    assert.equal(call(() => instance().one()), 1);
  }
  assert.equal(instances(), 1001);
});

test('when no new instance can be made, the next call tries again', () => {
  let refused = true;
  const { call, instance } = engine({ refuseReset: () => refused });
  assert.throws(() => call(() => instance().trap()), { kind: 'internal' });
  assert.throws(() => call(() => instance().one()), { kind: 'internal' });
  refused = false;
  assert.equal(call(() => instance().one()), 1);
});

test('a wasm that cannot be compiled is tried again, and a Content-Security-Policy is named', async () => {
  let error = new WebAssembly.CompileError("violates the following Content Security Policy directive because 'unsafe-eval' is not allowed");
  const { call, instance, warmup } = engine({ compile: () => { if (error) throw error; return new WebAssembly.Module(BYTES); } });
  assert.throws(() => call(() => instance().one()), { name: 'CtsError', kind: 'internal', message: /'wasm-unsafe-eval' in script-src/ });
  await assert.rejects(warmup(), { name: 'CtsError', kind: 'internal' });
  error = undefined;
  await Promise.all([warmup(), warmup()]);
  assert.equal(call(() => instance().one()), 1);
});

test('all byte values survive as characters, beside digits and quotes too', async () => {
  const bytes = [];
  const shifted = (text) => [...text].map((c) => (c.charCodeAt(0) - SHIFT) & 255);
  for (let a = 0; a < 256; a++) bytes.push(a, ...shifted('0\x0007`"\'\\$\n\r\\x00\\0').flatMap((c) => [c, a]), ...shifted('${</script></SCRIPT>'), a);
  const contents = `export const binary = () => ${asCharacters(Uint8Array.from(bytes))};`;
  assert.doesNotMatch(contents, /<\/script/i);
  const texts = [contents];
  // As a consumer's bundler writes it again.
  for (const charset of ['utf8', 'ascii']) {
    for (const minify of [true, false]) {
      const { outputFiles } = await build({ stdin: { contents }, format: 'esm', charset, minify, write: false });
      texts.push(outputFiles[0].text);
    }
  }
  for (const text of texts) {
    const { binary } = await import(`data:text/javascript;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`);
    assert.deepEqual([...Buffer.from(binary(), 'latin1').map((byte) => byte - SHIFT)], bytes);
  }
});

test('a wasm that would be called back stops the build', () => {
  assert.throws(() => withoutClosures('function makeMutClosure() {}'), /closure or an async function/);
  assert.equal(withoutClosures('let no_closures;'), 'let no_closures;');
});

const wasm = await readFile(join(root, 'pkg', 'cts_tracker_bg.wasm'));
const fresh = () => import(`../../pkg/slim.js?${Math.random()}`);
const valid = { buckets: [] };

test('slim says so when it is not initialised', async () => {
  const { validateCheckObsBuckets, warmup } = await fresh();
  assert.throws(() => validateCheckObsBuckets(valid), { name: 'CtsError', kind: 'internal', message: /init\(source\)/ });
  await assert.rejects(warmup(), { name: 'CtsError' });
});

test('slim takes every kind of source', async () => {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/missing' ? 404 : 200, { 'content-type': request.url === '/typed' ? 'application/wasm' : 'application/octet-stream' });
    response.end(request.url === '/broken' ? 'no wasm' : wasm);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${server.address().port}`;
  const buffer = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length);
  try {
    for (const source of [wasm, buffer, new DataView(buffer), await WebAssembly.compile(wasm), `${base}/typed`, new URL(`${base}/untyped`),
      await fetch(`${base}/typed`), fetch(`${base}/untyped`), new Response(wasm)]) {
      const { init, validateCheckObsBuckets } = await fresh();
      await init(source);
      assert.equal(validateCheckObsBuckets(valid).issues, undefined);
    }
    for (const source of [wasm, buffer, await WebAssembly.compile(wasm)]) {
      const { initSync, validateCheckObsBuckets } = await fresh();
      initSync(source);
      initSync(source);
      assert.equal(validateCheckObsBuckets(valid).issues, undefined);
    }
    const { init, initSync, validateCheckObsBuckets } = await fresh();
    for (const source of [`${base}/missing`, `${base}/broken`, 'http://127.0.0.1:1/', '', new URL('file:///nowhere.wasm'), new Uint8Array(3), undefined, null, 7, {}]) {
      await assert.rejects(init(source), { name: 'CtsError', kind: 'internal' }, String(source));
      assert.throws(() => initSync(source), { name: 'CtsError', kind: 'internal' }, String(source));
    }
    // Twice at once, once more after the failures, and again when it is done.
    const [first, second] = [init(`${base}/typed`), init(`${base}/missing`)];
    await Promise.all([first, second, init()]);
    await init(`${base}/missing`);
    initSync();
    assert.equal(validateCheckObsBuckets(valid).issues, undefined);
  } finally {
    server.close();
  }
});
