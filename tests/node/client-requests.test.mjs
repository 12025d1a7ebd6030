// The requests of the client, and its options.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createCtsClient, createTrackerSchema, preflight, withOptions, zhCN } from 'cts-tracker';
import { BASE, BUCKETS, clientOf, created, DATA, echo, fails, ID, json, TRACKER } from './support/client.mjs';

test('a call is one POST with the documented headers', async () => {
  const { client, requests } = clientOf([created(), echo], {
    headers: { 'x-own': '1', accept: 'text/html', 'content-type': 'text/plain' },
  });
  await client.createTracker(TRACKER, { headers: { 'x-call': '2', 'x-own': '3' } });
  await client.checkObsBuckets(BUCKETS, { domainId: 'other' });
  const [one, two] = requests;
  assert.deepEqual([one.method, one.url, one.redirect], ['POST', `http://127.0.0.1:9/api/v3/${ID}/tracker`, 'manual']);
  assert.equal(two.url, 'http://127.0.0.1:9/api/v3/other/checkbucket');
  assert.deepEqual(Object.fromEntries(one.headers), {
    accept: 'application/json, application/problem+json',
    'content-type': 'application/json',
    'x-call': '2',
    'x-own': '3',
    'x-requested-with': 'cts-tracker',
  });
  assert.equal(await one.text(), '{"tracker_type":"system","tracker_name":"system"}');
});

test('the body is the validated value, encoded as JSON', async () => {
  const { client, requests } = clientOf(created());
  await client.createTracker({
    agency_name: null,
    unknown: 1,
    tracker_name: undefined,
    toJSON: undefined,
    tracker_type: 'system',
    is_lts_enabled: new Boolean(true),
  });
  assert.equal(await requests[0].text(), '{"tracker_type":"system","tracker_name":"system","is_lts_enabled":true}');
});

test('a request with errors is not sent', async () => {
  const { client, requests } = clientOf(created());
  for (const [body, call] of [
    [{}, {}],
    [null, {}],
    [{ ...DATA, tracker_name: '_a' }, {}],
    [TRACKER, { projectId: 'a/b' }],
    [TRACKER, { projectId: '' }],
  ]) {
    const error = await fails(client.createTracker(body, call));
    assert.deepEqual([error.kind, error.sent, error.attempts], ['validation', 'no', 0]);
    assert.ok(error.issues.length > 0);
    assert.ok(error.message.includes(error.issues[0].message), error.message);
  }
  const bare = createCtsClient({ baseUrl: BASE });
  assert.equal((await fails(bare.createTracker(TRACKER))).issues[0].code, 'required');
  assert.equal((await fails(bare.checkObsBuckets(BUCKETS))).issues[0].code, 'required');
  assert.equal(requests.length, 0);
});

test('validate: false sends the body unchanged, but validates the id', async () => {
  const { client, requests } = clientOf(created());
  await client.createTracker({ tracker_type: 'other' }, { validate: false });
  assert.equal(await requests[0].text(), '{"tracker_type":"other"}');
  assert.equal((await fails(client.createTracker({}, { validate: false, projectId: '../x' }))).kind, 'validation');
  const cycle = {};
  cycle.cycle = cycle;
  for (const body of [cycle, undefined, () => {}, 1n]) {
    const error = await fails(client.createTracker(body, { validate: false }));
    assert.deepEqual([error.kind, error.sent], ['validation', 'no']);
  }
  assert.equal(requests.length, 1);
});

test('messages use the locale of the client', async () => {
  const { client } = clientOf(json(401, { error_code: 'APIGW.0301' }), { locale: zhCN });
  const error = await fails(client.createTracker(TRACKER));
  assert.match(error.message, /[\u4e00-\u9fff].*APIGW\.0301/s);
  assert.match((await fails(client.createTracker({}))).message, /[\u4e00-\u9fff]/);
});

test('a headers function is called at every try', async () => {
  let calls = 0;
  const { client, requests } = clientOf([json(502, {}), echo], {
    headers: async () => ({ 'x-token': `t${(calls += 1)}` }),
  });
  await client.checkObsBuckets(BUCKETS);
  assert.deepEqual(
    requests.map((request) => request.headers.get('x-token')),
    ['t1', 't2'],
  );
  for (const headers of [
    () => {
      throw new Error('no token');
    },
    async () => {
      throw new Error('no token');
    },
  ]) {
    const { client: without, requests: none } = clientOf(created(), { headers });
    const error = await fails(without.createTracker(TRACKER));
    assert.deepEqual([error.kind, error.sent, error.attempts, error.cause.message], ['auth', 'no', 0, 'no token']);
    assert.equal(none.length, 0);
  }
  const { client: slow } = clientOf(created(), { headers: () => new Promise(() => {}), timeoutMs: 30 });
  const error = await fails(slow.createTracker(TRACKER));
  assert.deepEqual([error.kind, error.sent], ['timeout', 'no']);
});

test('invalid arguments throw at once', async () => {
  for (const options of [
    undefined,
    null,
    {},
    { baseUrl: '' },
    { baseUrl: 'ftp://a' },
    { baseUrl: 'http://u:p@a/' },
    { baseUrl: 'http://a/?x' },
    { baseUrl: 'http://a/#x' },
    { baseUrl: BASE, timeoutMs: 0 },
    { baseUrl: BASE, timeoutMs: '5' },
    { baseUrl: BASE, timeoutMs: NaN },
    { baseUrl: BASE, fetch: 'no' },
    { baseUrl: BASE, headers: { 'a b': 'c' } },
    { baseUrl: BASE, retry: { maxRetries: -1 } },
    { baseUrl: BASE, retry: { maxRetries: 11 } },
    { baseUrl: BASE, onEvent: 1 },
    { baseUrl: BASE, locale: 'fr' },
  ]) {
    assert.throws(() => createCtsClient(options), TypeError, JSON.stringify(options));
  }
  const { client, requests } = clientOf(created());
  for (const call of [{ signal: {} }, { signal: 'no' }, { timeoutMs: -1 }, { headers: { 'a b': 'c' } }]) {
    const error = await fails(client.createTracker(TRACKER, call));
    assert.deepEqual([error.kind, error.sent], ['validation', 'no']);
  }
  assert.equal(requests.length, 0);
  assert.ok(createCtsClient({ baseUrl: new URL(BASE) }));
});

test('an invalid option is named with what it must be, and unknown options are ignored', async () => {
  for (const [options, message] of [
    [{ timeoutMs: '5' }, 'timeoutMs must be a number of milliseconds above 0'],
    [{ retry: 3 }, 'retry must be an object'],
    [{ retry: 'no' }, 'retry must be an object'],
    [{ retry: { tryTimeoutMs: 0 } }, 'retry.tryTimeoutMs must be a number of milliseconds above 0'],
    [{ retry: { maxRetries: '2' } }, 'retry.maxRetries must be a whole number from 0 to 10'],
  ])
    assert.throws(() => createCtsClient({ baseUrl: BASE, ...options }), { name: 'TypeError', message });
  assert.throws(() => withOptions(createTrackerSchema, 'zh-CN'), {
    name: 'TypeError',
    message: 'options must be an object',
  });
  const { client, requests } = clientOf(echo);
  for (const [call, message] of [
    [{ validate: 'no' }, 'validate must be true or false'],
    [{ onProgress: 'yes' }, 'onProgress must be a function'],
    [{ timeoutMs: '5' }, 'timeoutMs must be a number of milliseconds above 0'],
  ]) {
    const error = await fails(client.checkBuckets(BUCKETS.buckets, call));
    assert.deepEqual(
      [error.kind, error.sent, error.message, error.cause.name],
      ['validation', 'no', message, 'TypeError'],
    );
  }
  assert.equal((await fails(client.createTracker(TRACKER, { validate: 0 }))).message, 'validate must be true or false');
  await assert.rejects(preflight(client, {}, 'cn-north-1'), {
    name: 'TypeError',
    message: 'options must be an object',
  });
  assert.equal(requests.length, 0);
  const { client: lenient } = clientOf(echo, { retry: null, timeout: 5, own: {} });
  const [{ result }] = await lenient.checkBuckets(BUCKETS.buckets, { onProgress: null, validate: undefined, own: 1 });
  assert.equal(result.check_bucket_response.success, true);
});

test('preflight reports the problems of a creation and creates nothing', async () => {
  const found = (answer) => (request) =>
    request.json().then(({ buckets }) => json(200, { buckets: [{ ...buckets[0], check_bucket_response: answer }] }));
  const ok = { response_code: 200, success: true };
  const missing = { response_code: 404, success: false, error_code: 'OBS.NoSuchBucket' };
  const denied = { response_code: 403, success: false, error_code: 'OBS.AccessDenied' };
  const body = (create, more) => ({
    tracker_type: 'system',
    obs_info: { bucket_name: 'bucket1', is_obs_created: create },
    ...more,
  });
  const options = { bucketLocation: 'cn-north-1' };
  for (const [create, answer, codes] of [
    [false, ok, []],
    [undefined, ok, []],
    [true, missing, []],
    [false, missing, ['CTS.0211']],
    [true, ok, ['CTS.0215']],
    [false, denied, ['CTS.0001']],
    [true, denied, ['CTS.0216']],
    [false, { success: false, error_code: 'OBS.KMS.NotFoundException', response_code: 400 }, ['CTS.0222']],
  ]) {
    const { client, requests } = clientOf(found(answer));
    const report = await preflight(client, body(create), options);
    assert.deepEqual(
      report.findings.map(({ code }) => code),
      codes,
    );
    assert.ok(report.findings.every(({ message }) => message.length > 10));
    assert.equal(report.ok, codes.length === 0);
    assert.equal(report.bucket.bucket_name, 'bucket1');
    assert.deepEqual(
      requests.map(({ url }) => url),
      [`http://127.0.0.1:9/api/v3/${ID}/checkbucket`],
    );
  }
  const { client, requests } = clientOf(found(ok));
  await preflight(
    client,
    body(false, { is_support_trace_files_encryption: true, kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504' }),
    { ...options, domainId: 'd' },
  );
  assert.equal(requests[0].url, 'http://127.0.0.1:9/api/v3/d/checkbucket');
  const bad = await preflight(client, { tracker_type: 'x' }, options);
  assert.deepEqual([bad.ok, bad.issues.length, bad.findings.length], [false, 1, 0]);
  assert.deepEqual(await preflight(client, TRACKER, options), { ok: true, issues: [], warnings: [], findings: [] });
  assert.equal(requests.length, 1);
  const refused = await preflight(clientOf(json(401, { error_code: 'APIGW.0301' })).client, body(false), options);
  assert.deepEqual([refused.ok, refused.findings[0].code], [false, 'APIGW.0301']);
  assert.equal((await fails(preflight(client, body(false), {}))).kind, 'validation', 'no location');
  assert.equal(
    (await fails(preflight(client, body(false), { ...options, signal: AbortSignal.abort() }))).kind,
    'aborted',
  );
});

// --- the platform

/** Runs `run` while these globals have other values; `undefined` means missing. */
async function withGlobals(values, run) {
  const kept = Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await run();
  } finally {
    for (const [name, descriptor] of kept) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else delete globalThis[name];
    }
  }
}

test('a missing global is named, and nothing is sent', async () => {
  for (const [name, option] of [
    ['fetch', undefined],
    ['Headers', async () => created()],
    ['AbortController', async () => created()],
  ]) {
    const client = createCtsClient({ baseUrl: BASE, projectId: ID, fetch: option });
    const error = await withGlobals({ [name]: undefined }, () => fails(client.createTracker(TRACKER)));
    assert.deepEqual([error.kind, error.sent, error.mayAlreadyExist], ['validation', 'no', undefined]);
    assert.ok(error.message.startsWith(`this platform has no global ${name}`), error.message);
  }
  // A simulated page without them creates the client all the same.
  const { client } = await withGlobals({ Headers: undefined, fetch: undefined, Request: undefined }, () =>
    clientOf(created()),
  );
  assert.equal((await client.createTracker(TRACKER)).id, 'a');
  await withGlobals({ Headers: undefined }, () =>
    assert.throws(() => createCtsClient({ baseUrl: BASE, headers: { a: 'b' } }), /no global Headers/),
  );
});

test('a platform without Request and Response', async () => {
  const sent = [];
  const fetch = async (...given) => {
    sent.push(given);
    return { status: 201, headers: new Headers(), text: async () => '{"id":"d"}' };
  };
  const client = createCtsClient({ baseUrl: BASE, projectId: ID, fetch });
  const answer = () => client.createTracker(TRACKER);
  assert.deepEqual(await withGlobals({ Request: undefined, Response: undefined }, answer), { id: 'd' });
  const [[url, { signal, ...init }]] = sent;
  assert.ok(signal instanceof AbortSignal);
  assert.deepEqual(
    [url, init],
    [
      `http://127.0.0.1:9/api/v3/${ID}/tracker`,
      {
        method: 'POST',
        headers: {
          accept: 'application/json, application/problem+json',
          'content-type': 'application/json',
          'x-requested-with': 'cts-tracker',
        },
        redirect: 'manual',
        body: '{"tracker_type":"system","tracker_name":"system"}',
      },
    ],
  );
});

test('a relative base URL is resolved at each call', async () => {
  const { client, requests } = clientOf(created(), { baseUrl: '/api/' });
  const rendered = await fails(client.createTracker(TRACKER));
  assert.deepEqual([rendered.kind, rendered.sent], ['validation', 'no']);
  assert.match(rendered.message, /baseUrl "\/api\/" is relative/);
  const location = new URL('http://page.test/deep/page');
  for (const [globals, expected] of [
    [{ location }, 'http://page.test/api'],
    [{ location, document: { baseURI: 'https://base.test/under/' } }, 'https://base.test/api'],
    // A page of a frame with srcdoc has the base of its parent.
    [{ location: new URL('about:srcdoc'), document: { baseURI: 'http://parent.test/' } }, 'http://parent.test/api'],
    // A worker made from a blob.
    [{ location: { href: 'blob:http://page.test/0b1d', origin: 'http://page.test' } }, 'http://page.test/api'],
  ]) {
    await withGlobals(globals, () => client.createTracker(TRACKER));
    assert.equal(requests.at(-1).url, `${expected}/v3/${ID}/tracker`);
  }
  const { client: deep, requests: sent } = clientOf(created(), { baseUrl: 'proxy' });
  await withGlobals({ document: { baseURI: 'https://base.test/under/' } }, () => deep.createTracker(TRACKER));
  assert.equal(sent[0].url, `https://base.test/under/proxy/v3/${ID}/tracker`);
  // The pages of a file, of a webview of VS Code and of Electron or an extension have no http: or https: URL.
  const pages = [
    'file:///home/page.html',
    'vscode-webview://0f3a/index.html',
    'app://a/index.html',
    'chrome-extension://a/',
  ];
  for (const globals of [
    { location: new URL('about:blank') },
    ...pages.map((baseURI) => ({ document: { baseURI } })),
  ]) {
    const error = await withGlobals(globals, () => fails(client.createTracker(TRACKER)));
    assert.deepEqual([error.kind, error.sent], ['validation', 'no']);
    assert.match(error.message, /baseUrl/);
  }
});

test('an empty or unusable base URL is refused at once, by name', () => {
  for (const baseUrl of [
    '',
    '  ',
    undefined,
    null,
    'localhost:3000',
    'ftp://a',
    'javascript:x',
    'http://',
    '/a?x',
    '#x',
  ]) {
    assert.throws(() => createCtsClient({ baseUrl }), { name: 'TypeError', message: /^baseUrl must/ }, String(baseUrl));
  }
  assert.throws(() => createCtsClient({ baseUrl: '' }), /^TypeError: baseUrl must not be empty/);
});
