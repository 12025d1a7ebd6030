// Values of another realm or of another copy of the package: jsdom's page under Jest and Vitest, a frame, CommonJS beside
// ES modules.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import * as cts from 'cts-tracker';
import { createSigningProxy } from 'cts-tracker/proxy';
import { signRequest } from 'cts-tracker/signing';
import * as slim from 'cts-tracker/slim';

const require = createRequire(import.meta.url);
const realm = createContext({ WebAssembly: undefined });
const foreign = (code, values = {}) =>
  runInContext(`(${Object.keys(values)}) => ${code}`, realm)(...Object.values(values));
const LINE = '{"tracker_type":"system"}\n';
const codes = [...Buffer.from(LINE)];

/** The bytes of the line, each way to hold them. */
const BYTES = {
  'a Uint8Array of another realm': () => foreign('Uint8Array.from(codes)', { codes }),
  'an ArrayBuffer of another realm': () => foreign('Uint8Array.from(codes).buffer', { codes }),
  'a Buffer': () => Buffer.from(LINE),
  'a Buffer over a buffer of another realm': () => Buffer.from(foreign('Uint8Array.from(codes).buffer', { codes })),
};

for (const [name, bytes] of Object.entries(BYTES)) {
  test(`${name}: NDJSON and signing`, () => {
    if (ArrayBuffer.isView(bytes())) {
      assert.equal(cts.validateNdjson('createTracker', bytes()).valid, 1);
      const validator = cts.createNdjsonValidator('createTracker');
      validator.push(bytes());
      assert.equal(validator.end().valid, 1);
    }
    const request = {
      method: 'POST',
      url: 'https://cts.eu-west-0.myhuaweicloud.com/',
      date: new Date(1_795_349_100_000),
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    };
    assert.deepEqual(signRequest({ ...request, body: bytes() }), signRequest({ ...request, body: LINE }));
  });
}

test('the realm is foreign', () => {
  for (const name of ['Uint8Array', 'ArrayBuffer', 'Error']) assert.notEqual(foreign(name), globalThis[name]);
});

test('objects and lists of another realm', () => {
  const body = foreign(`({ tracker_type: 'data', tracker_name: 'a', obs_info: { bucket_name: 'bucket1' },
    data_bucket: { data_bucket_name: 'cstest0423', data_event: ['READ'] } })`);
  assert.equal(cts.validateCreateTracker(body).issues, undefined);
  assert.equal(cts.validateCreateTrackerForm(body).issues, undefined);
});

test('slim accepts bytes and a module of another realm', async () => {
  const own = createContext({});
  const bytes = readFileSync(require.resolve('cts-tracker/cts_tracker_bg.wasm'));
  const module = runInContext('(bytes) => new WebAssembly.Module(bytes)', own)(bytes);
  assert.ok(!(module instanceof WebAssembly.Module));
  slim.initSync(module);
  assert.equal(slim.validateTrackerName('a b').issues.length, 1);
});

test('the endpoint of the proxy is a URL of another realm', () => {
  // jsdom has a URL of its own, with the same tag.
  class URL extends globalThis.URL {}
  const endpoint = Object.setPrototypeOf(
    { href: 'https://cts.eu-west-0.myhuaweicloud.com/', toString: () => 'https://cts.eu-west-0.myhuaweicloud.com/' },
    Object.create(null, { [Symbol.toStringTag]: { value: URL.name } }),
  );
  assert.ok(!(endpoint instanceof globalThis.URL));
  assert.ok(createSigningProxy({ endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }));
});

test('withOptions accepts a schema of the other copy of the package', () => {
  const copy = require('cts-tracker');
  assert.notEqual(copy.trackerNameSchema, cts.trackerNameSchema);
  const first = (schema) => schema['~standard'].validate('a b').issues[0].message;
  for (const [one, other] of [
    [cts, copy],
    [copy, cts],
  ]) {
    const chinese = one.withOptions(other.trackerNameSchema, { locale: one.zhCN });
    assert.match(first(chinese), /\p{sc=Han}/u);
    assert.equal(first(one.withOptions(chinese, { locale: one.en })), first(cts.trackerNameSchema));
  }
  for (const schema of [undefined, {}, { '~standard': {} }, null]) {
    assert.throws(() => cts.withOptions(schema, {}), { name: 'TypeError', message: /a schema of cts-tracker/ });
  }
  assert.deepEqual(Object.keys(cts.trackerNameSchema), ['~standard']);
});
