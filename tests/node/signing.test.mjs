// signRequest and verifyRequest in Node: every stage of the vendor's vectors, every form of input, and refusals.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { signRequest, verifyRequest } from 'cts-tracker/signing';

const { vectors } = JSON.parse(await readFile(new URL('../vectors/signing.json', import.meta.url), 'utf8'));
const credentials = {
  accessKeyId: 'QTWAOYTTINDUT2QVKYUC',
  secretAccessKey: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc',
};
const date = '20240619T080910Z';
const now = () => Date.UTC(2024, 5, 19, 8, 9, 10);
const url = 'https://cts.eu-west-101.myhuaweicloud.eu/v3/bb1e5a7c0d4f4e498cb0123456735634/tracker';
const sign = (request) => signRequest({ method: 'POST', url, date, credentials, ...request });
const code = (request) => {
  try {
    sign(request);
  } catch (error) {
    assert.ok(error instanceof TypeError, `${error}`);
    return error.code;
  }
  return undefined;
};

describe("the vendor's vectors", () => {
  for (const {
    name,
    input,
    canonical_request,
    string_to_sign,
    signature,
    authorization,
    url: target,
    wire_headers,
  } of vectors) {
    const keys = { accessKeyId: input.ak, secretAccessKey: input.sk, securityToken: input.security_token };

    test(`${name}, every stage`, () => {
      for (const body of input.body
        ? [input.body, Buffer.from(input.body), new TextEncoder().encode(input.body).buffer]
        : [input.body, undefined, '', new Uint8Array()]) {
        const signed = signRequest({
          method: input.method,
          url: target,
          headers: input.headers,
          body,
          credentials: keys,
        });
        assert.equal(signed.canonicalRequest, canonical_request);
        assert.equal(signed.stringToSign, string_to_sign);
        assert.equal(signed.signature, signature);
        assert.equal(signed.authorization, authorization);
        assert.equal(signed.headers.authorization, authorization);
      }
    });

    test(`${name}, verified`, async () => {
      const at = {
        now: () =>
          Date.parse(input.headers['X-Sdk-Date'].replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')),
      };
      const request = { method: input.method, url: target, headers: wire_headers, body: input.body };
      const verdict = await verifyRequest(request, (id) => (id === input.ak ? keys : undefined), at);
      assert.deepEqual(verdict, {
        valid: true,
        accessKeyId: input.ak,
        signedHeaders: canonical_request.split('\n').at(-2).split(';'),
        canonicalRequest: canonical_request,
      });
      const changed = await verifyRequest({ ...request, url: `${target}x` }, () => keys, at);
      assert.equal(changed.code, 'wrong_signature');
    });
  }
});

test('headers are an object, pairs, Headers or the headers of a Node request', () => {
  const expected = sign({ headers: { 'X-B': '1', 'x-a': 'two, three' } });
  for (const headers of [
    [
      ['x-b', '1'],
      ['x-a', 'two, three'],
    ],
    new Headers({ 'x-b': '1', 'x-a': 'two, three' }),
    new Map([
      ['x-b', '1'],
      ['x-a', 'two, three'],
    ]),
    { 'x-b': 1, 'x-a': ['two', 'three'] },
    [
      ['x-b', ' 1\t'],
      ['x-a', 'two'],
      ['X-A', 'three'],
    ],
    { 'x-b': '1', 'x-a': 'two, three', 'x-c': undefined },
  ])
    assert.deepEqual(sign({ headers }), expected);
  assert.deepEqual(Object.keys(expected.headers), ['x-b', 'x-a', 'x-sdk-date', 'authorization']);
});

test('the result can be passed to fetch', async () => {
  const keys = { ...credentials, securityToken: 'token==' };
  for (const headers of [
    {},
    { 'x-a': 'é中' },
    { 'x-a': Buffer.from('é中').toString('latin1') },
    { 'content-type': 'text/plain' },
    { ['__proto__']: 'x' },
  ]) {
    const body = '{"a":"é"}';
    const signed = sign({ headers, body, credentials: keys });
    const request = new Request(url, { method: 'POST', headers: signed.headers, body });
    const verdict = await verifyRequest(request, () => keys, { now });
    assert.equal(verdict.valid, true, JSON.stringify(verdict));
    assert.equal(verdict.canonicalRequest, signed.canonicalRequest);
  }
  assert.equal(Object.getPrototypeOf(sign({ headers: JSON.parse('{"__proto__":"x"}') }).headers), Object.prototype);
});

test('the date is a Date, a number, a string, a header or the current time', () => {
  for (const given of [date, new Date(now()), now(), now() + 999, '2024-06-19T08:09:10Z']) {
    assert.equal(sign({ date: given }).headers['x-sdk-date'], date);
  }
  assert.equal(
    sign({ date: undefined, headers: { 'X-Sdk-Date': '20200101T000000Z' } }).headers['x-sdk-date'],
    '20200101T000000Z',
  );
  assert.equal(
    sign({ headers: { 'X-Sdk-Date': '20200101T000000Z' } }).headers['x-sdk-date'],
    date,
    'the option takes precedence',
  );
  const stamp = sign({ date: undefined }).headers['x-sdk-date'];
  const age = Date.now() - Date.parse(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  assert.ok(age >= 0 && age < 5000, stamp);
});

test('URLs are parsed like in fetch', () => {
  const line = (target, i) => sign({ url: target }).canonicalRequest.split('\n')[i];
  assert.equal(line('https://a.example', 1), '/');
  assert.equal(line('https://a.example/a/./b/../c d', 1), '/a/c%20d/');
  assert.equal(line(new URL('https://a.example/é'), 1), '/%C3%A9/');
  assert.equal(line('https://a.example/?b=2&a=1&b=1&c&d=x+y%20z#f', 2), 'a=1&b=1&b=2&c=&d=x%20y%20z');
  const host = (target) => sign({ url: target }).canonicalRequest.split('\n')[3];
  assert.equal(host('https://A.Example:443/'), 'host:a.example');
  assert.equal(host('https://a.example:8443/'), 'host:a.example:8443');
  assert.equal(host('http://[::1]:80/'), 'host:[::1]');
  assert.equal(host('https://bücher.example/'), 'host:xn--bcher-kva.example');
  // Independent of the request signed before.
  assert.equal(line('https://a.example/x?q=1', 2), 'q=1');
  assert.equal(line('https://a.example/x?q=2', 2), 'q=2');
});

test('only the requested headers are signed', () => {
  const signed = sign({
    headers: { a: '1', b: '2' },
    signedHeaders: ['B', 'host'],
    credentials: { ...credentials, securityToken: 't' },
  });
  assert.match(signed.authorization, /SignedHeaders=b;host;x-sdk-date;x-security-token,/);
  assert.equal(signed.headers.a, '1');
  assert.equal(code({ signedHeaders: ['absent'] }), 'absent_signed_header');
});

test('an invalid request throws a TypeError with a code and without a key', () => {
  for (const [request, expected] of [
    [{ url: 'no' }, 'invalid_url'],
    [{ url: undefined }, 'invalid_url'],
    [{ url: 7 }, 'invalid_url'],
    [{ url: '/v3' }, 'invalid_url'],
    [{ url: 'file:///x' }, 'invalid_url'],
    [{ method: 'A B' }, 'invalid_method'],
    [{ method: '' }, 'invalid_method'],
    [{ method: undefined }, 'invalid_argument'],
    [{ method: 'POST\0' }, 'invalid_method'],
    [{ headers: { 'a b': '1' } }, 'invalid_header_name'],
    [{ headers: { a: 'x\ny' } }, 'invalid_header_value'],
    [{ headers: { a: 'x\0y' } }, 'invalid_header_value'],
    [{ headers: { a: 'x\ry' } }, 'invalid_header_value'],
    [{ headers: { 'a:b': 'x' } }, 'invalid_header_name'],
    [{ headers: { 'a\nb': 'x' } }, 'invalid_header_name'],
    [{ headers: { a: {} } }, 'invalid_argument'],
    [{ headers: 'a' }, 'invalid_argument'],
    [{ date: 'soon' }, 'invalid_date'],
    [{ date: NaN }, 'invalid_date'],
    [{ date: new Date(NaN) }, 'invalid_date'],
    [{ date: 8.64e15 }, 'invalid_date'],
    [{ date: undefined, headers: { 'x-sdk-date': 'soon' } }, 'invalid_date'],
    [{ body: {} }, 'invalid_body'],
    [{ body: 7 }, 'invalid_body'],
    [{ body: new Blob([]) }, 'invalid_body'],
    [{ signedHeaders: [7] }, 'invalid_argument'],
    [{ credentials: undefined }, 'invalid_argument'],
    [{ credentials: {} }, 'invalid_argument'],
    [{ credentials: { ...credentials, accessKeyId: '' } }, 'invalid_access_key_id'],
    [{ credentials: { ...credentials, secretAccessKey: 'a\n' } }, 'invalid_secret_access_key'],
    [{ credentials: { ...credentials, securityToken: 'é' } }, 'invalid_security_token'],
    [{ credentials: { ...credentials, secretAccessKey: 'a\0b' } }, 'invalid_secret_access_key'],
  ])
    assert.equal(code(request), expected, JSON.stringify(request));
  for (const nothing of [undefined, null, 7]) assert.throws(() => signRequest(nothing), { code: 'invalid_argument' });
  try {
    sign({ credentials: { accessKeyId: 'CANARY1', secretAccessKey: 'CANARY2\n', securityToken: 'CANARY3' } });
    assert.fail();
  } catch (error) {
    assert.doesNotMatch(`${error.stack}${JSON.stringify(error)}`, /CANARY/);
  }
});

test('bodies of any size', () => {
  for (const size of [0, 1, 8191, 8192, 8193, 65_536, 1 << 20, 12 << 20]) {
    const text = 'é'.repeat(size / 2);
    const bytes = Buffer.from(text);
    assert.equal(sign({ body: text }).signature, sign({ body: bytes }).signature, `${size}`);
    assert.equal(
      sign({ body: bytes.subarray(0) }).signature,
      sign({ body: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) }).signature,
    );
  }
  // A large body does not affect the next request.
  assert.equal(sign({ body: 'x' }).signature, sign({ body: Buffer.from('x') }).signature);
});

describe('refusals', () => {
  const request = (change = {}) => {
    const { headers } = sign({ body: '{}' });
    return {
      method: 'POST',
      url,
      headers: { ...headers, ...change.headers },
      body: '{}',
      ...change,
      ...(change.headers && { headers: { ...headers, ...change.headers } }),
    };
  };
  const verdict = (change, lookup = () => credentials, at = now) => verifyRequest(request(change), lookup, { now: at });

  test('each refusal has a code', async () => {
    assert.equal((await verdict()).valid, true);
    const refused = async (...args) => (await verdict(...args)).code;
    assert.equal(await refused({ headers: { authorization: undefined } }), 'unsigned');
    assert.equal(await refused({ headers: { authorization: 'Bearer x' } }), 'malformed_authorization');
    assert.equal(await refused({ headers: { 'x-sdk-date': 'x' } }), 'invalid_date');
    assert.equal(await refused({}, () => undefined), 'unknown_access_key');
    assert.equal(await refused({}, async () => null), 'unknown_access_key');
    assert.equal(await refused({}, () => ({ ...credentials, securityToken: 't' })), 'wrong_security_token');
    assert.equal(await refused({ body: '[]' }), 'wrong_signature');
    assert.equal(await refused({}, () => ({ secretAccessKey: 'other' })), 'wrong_signature');
    assert.equal(await refused({ headers: { 'x-sdk-content-sha256': '00' } }), 'wrong_content_hash');
    const late = await verdict({}, undefined, () => now() + 901_000);
    assert.deepEqual([late.code, late.skewSeconds, late.message], ['expired', -901, 'signature expired']);
    assert.equal((await verdict({}, undefined, () => now() + 900_999)).valid, true);
  });

  test('the refusal of a wrong signature contains the canonical request', async () => {
    const { canonicalRequest, message } = await verdict({ body: '[]' });
    assert.equal(message, `verify aksk signature fail, canonicalRequest:${canonicalRequest.replaceAll('\n', '|')}`);
  });

  test('the key is looked up by its id, if there is one', async () => {
    const lookups = [];
    await verdict({}, (id) => {
      lookups.push(id);
      return credentials;
    });
    await verdict({ headers: { authorization: 'x' } }, (id) => {
      lookups.push(id);
      return credentials;
    });
    assert.deepEqual(lookups, [credentials.accessKeyId]);
    await assert.rejects(
      verdict({}, () => {
        throw new Error('no store');
      }),
      /no store/,
    );
    await assert.rejects(verifyRequest(request(), undefined), { code: 'invalid_argument' });
  });
});

test('memory does not grow over a hundred thousand signatures', { timeout: 120_000 }, () => {
  const some = 50_000;
  for (let i = 0; i < some; i++) sign({ body: '{}' });
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < some; i++)
    sign({ body: '{}', headers: { 'x-i': `${i}` }, credentials: { ...credentials, secretAccessKey: `s${i % 7}` } });
  assert.ok(process.memoryUsage().arrayBuffers - before < 1 << 20);
});
