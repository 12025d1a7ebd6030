// `formatError`: the message of a caught error in another language is that of a client with this locale.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { CtsError, en, formatError, preflight, zhCN } from 'cts-tracker';
import { BASE, BUCKETS, clientOf, created, DATA, fails, json, problem, TRACKER, trap } from './support/client.mjs';
import { LOCALES } from './support/messages.mjs';

const never = () => new Promise(() => {});
const rejects = (error) => () => Promise.reject(error);
const refused = rejects(Object.assign(new Error('fetch failed'), { cause: { code: 'ECONNREFUSED' } }));
const create = (answers, body = TRACKER, call) => [answers, (client) => client.createTracker(body, call)];
const check = (answers, body = BUCKETS, call) => [answers, (client) => client.checkObsBuckets(body, call)];

/** By kind: what the client gets as responses, what it does, and its options. */
const FAILURES = {
  validation: [
    create([], { tracker_type: 'data', tracker_name: 'a b' }),
    create([], { ...DATA, tracker_name: 'a b' }),
    create([], 'no object'),
    create([], TRACKER, { projectId: '' }),
    check([], { buckets: [{}, {}] }),
    create([], TRACKER, { timeoutMs: 'soon' }),
    [[], async (client) => Promise.reject((await client.checkBuckets([{ bucket_name: 'A' }]))[0].error)],
    [[], (client) => client.checkBuckets('bucket1')],
  ],
  auth: [
    create(json(401, { error_code: 'APIGW.0301' })),
    create(json(401, {})),
    create([], TRACKER, undefined).concat({ headers: rejects(new Error('no token')) }),
  ],
  forbidden: [create(json(403, { error_code: 'CTS.0003' })), check(json(403, {}))],
  not_found: [create(json(404, { error_code: 'APIGW.0101' }))],
  conflict: [
    create(json(400, { error_code: 'CTS.0201' })),
    [
      [json(500, {}), json(400, { error_code: 'CTS.0201' })],
      async (client) => {
        await fails(client.createTracker(TRACKER));
        return client.createTracker(TRACKER);
      },
    ],
  ],
  throttled: [check(json(429, {})), check(json(429, { error_code: 'APIGW.0308' }))],
  rejected: [create(json(400, { error_code: 'CTS.0203' })), create(json(400, { error_code: 'CTS.9999' }))],
  unavailable: [create(json(503, { error_code: 'CTS.0004' })), check(json(503, {}))],
  server: [check(json(500, { error_code: 'CTS.0001' }))],
  network: [check(refused), create(refused)],
  timeout: [
    check(never, BUCKETS, { timeoutMs: 20 }),
    check(never).concat({ retry: { maxRetries: 0, tryTimeoutMs: 20 } }),
  ],
  aborted: [
    create([], TRACKER, { signal: AbortSignal.abort() }),
    [never, (client) => client.createTracker(TRACKER, { signal: AbortSignal.timeout(20) })],
    [never, (client) => client.checkBuckets(BUCKETS.buckets, { signal: AbortSignal.timeout(20) })],
  ],
  outcome_unknown: [
    create(rejects(new Error('reset'))),
    create(json(500, { error_code: 'CTS.0004' })),
    create(never, TRACKER, { timeoutMs: 20 }),
  ],
  bad_response: [check(new Response('<html>')), create(new Response('<html>', { status: 201 }))],
  proxy: [
    create(problem(403, { code: 'host_refused', title: 'Set allowedHosts.', sent: 'no' })),
    create(problem(403, { code: 'host_refused', sent: 'no' })),
  ],
  internal: [[created(), (client) => trap(() => client.createTracker(TRACKER))]],
};

const failed = ([answers, call, options], locale) =>
  fails(call(clientOf(answers, { retry: { maxRetries: 0 }, locale, ...options }).client));

for (const [kind, failures] of Object.entries(FAILURES)) {
  test(`an error of kind ${kind} has the message of a client with the other locale`, async () => {
    for (const failure of failures) {
      const errors = new Map();
      for (const locale of LOCALES) errors.set(locale, await failed(failure, locale));
      for (const [locale, { message }] of errors)
        for (const error of errors.values()) {
          assert.equal(error.kind, kind);
          assert.equal(formatError(error, locale), message);
        }
      assert.equal(formatError(errors.get(zhCN)), errors.get(en).message);
    }
    assert.match(formatError(await failed(failures[0], en), zhCN), kind === 'internal' ? /^internal/ : /\p{sc=Han}/u);
  });
}

test('each kind was formatted', () => {
  assert.deepEqual(Object.keys(FAILURES).sort(), Object.keys(en.errorKinds).sort());
});

test('an error of the other copy of the package is formatted', async () => {
  const copy = createRequire(import.meta.url)('cts-tracker');
  assert.notEqual(copy.CtsError, CtsError);
  const { client } = clientOf([]);
  const own = await fails(client.createTracker({}));
  const other = await copy
    .createCtsClient({ baseUrl: BASE, projectId: 'a' })
    .createTracker({})
    .catch((error) => error);
  assert.equal(formatError(other, zhCN), copy.formatError(own, copy.zhCN));
  assert.match(formatError(other, zhCN), /\p{sc=Han}/u);
});

test('an error that the host made keeps its message', () => {
  assert.equal(formatError(new CtsError('timeout', 'Too slow.'), zhCN), 'Too slow.');
  assert.equal(formatError(new CtsError('timeout', 'Too slow.', { format: ({ code }) => code }), zhCN), 'zh-CN');
});

test('another value is misuse', () => {
  for (const other of [undefined, null, 'x', {}, new Error('x'), { kind: 'timeout', message: 'x' }])
    assert.throws(() => formatError(other, en), { name: 'TypeError', message: 'formatError needs a CtsError' });
  assert.throws(() => formatError(new CtsError('timeout', 'x'), 'zh-CN'), { name: 'TypeError', message: /^locale/ });
});

test('preflight reports a failed check in its own language', async () => {
  const { client } = clientOf(json(403, { error_code: 'CTS.0003' }), { locale: zhCN });
  const body = { tracker_type: 'system', obs_info: { bucket_name: 'bucket1' } };
  const error = await fails(client.checkObsBuckets(BUCKETS));
  for (const locale of LOCALES) {
    const { findings } = await preflight(client, body, { bucketLocation: 'cn-north-1', locale });
    assert.deepEqual(findings, [{ code: 'CTS.0003', message: formatError(error, locale) }]);
  }
});
