// Cases of the signing proxy, for each line of its threat table. They run in every runtime, so they use only the
// interfaces of the platform. Each case is a name and a function that throws.

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const DOMAIN = '24edf66e79d04187acb99a463e610764';
const BASE = 'http://localhost:8787';
const CREATE = `/v3/${PROJECT}/tracker`;
const CHECK = `/v3/${DOMAIN}/checkbucket`;
const SYSTEM = JSON.stringify({ tracker_type: 'system', tracker_name: 'system' });
const BUCKETS = JSON.stringify({ buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] });
const UPSTREAM = 'http://127.0.0.1:9';
const GOOD = { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' };
/** The URLs of the two requests, at the proxy and at the upstream. */
const ROUTE = /^http:\/\/localhost:8787\/v3\/[A-Za-z0-9_-]{1,64}\/(tracker|checkbucket)$/;
const UPSTREAM_ROUTE = /^http:\/\/127\.0\.0\.1:9\/v3\/[A-Za-z0-9_-]{1,64}\/(tracker|checkbucket)$/;
const START = Date.UTC(2026, 10, 22, 12, 0, 0);
// The tests search for these in every output.
const CANARY = {
  accessKeyId: 'CANARYIDx1f0e3dad99908345',
  secretAccessKey: 'CANARYSECRETx1f0e3dad99908345',
  securityToken: 'CANARY/TOKEN+x1f0e3dad99908345==',
};

function ok(value, message = 'assertion failed') {
  if (!value) throw new Error(message);
}

function equal(actual, expected, message = '') {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${message}: ${a} is not ${e}`);
}

const tick = (milliseconds = 0) =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });

function deferred() {
  let resolve;
  let reject;
  const promise = new Promise((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}

const post = (path, body, { headers, ...init } = {}) =>
  new Request(BASE + path, { method: 'POST', headers: { ...GOOD, ...headers }, body, ...init });

/** A request whose URL is not normalized, as some servers pass it. A Request would resolve the dots. */
const bare = (url, { method = 'POST', headers, body = SYSTEM } = {}) => ({
  method,
  url,
  headers: new Headers({ ...GOOD, ...headers }),
  body: new Response(body).body,
  bodyUsed: false,
});

/** More than two hundred invalid paths that some programs would read as valid. */
function badPaths() {
  const ids = [
    '',
    '.',
    '..',
    '...',
    '%2e',
    '%2E%2e',
    '.%2e',
    '..;',
    '..;a=b',
    '%00',
    'a%00',
    'a%20',
    '%20',
    'a%0d%0ab',
    '%0a',
    'a%0ab',
    'a%09b',
    '%2f',
    '%2F..%2F',
    'a%2fb',
    '%5c',
    'a%5cb',
    '..%5c',
    '%252e%252e',
    '%252f',
    '%c0%ae%c0%ae',
    '%c0%af',
    '%e0%80%ae',
    '%uff0e',
    '%',
    '%4',
    '%zz',
    '%61',
    'a@b',
    '@evil.example',
    'a:b',
    ':80',
    'a;b',
    ';',
    ';jsessionid=1',
    'a,b',
    'a=b',
    'a+b',
    '*',
    '~',
    '!',
    '$',
    "'",
    '(a)',
    'a.b',
    'a&b',
    '\u212a',
    '\u0430',
    'a\u0301',
    '\uff0e\uff0e',
    '\uff0f',
    '\u2215',
    '\u200b',
    '\ufeff',
    '\ud83d\ude00',
    'a'.repeat(65),
    'a'.repeat(5000),
    'a//',
    '/a',
    'a/',
    'a/b',
    './a',
    'a/.',
    'a/..',
    '../v3/a',
    'a/../b',
    'a/%2e%2e/b',
    'a\\b',
    '..\\',
    '\\',
    '{a}',
    '"a"',
    '<a>',
    'a|b',
    'a^b',
    '`a`',
    '[a]',
    '[::1]',
    'http:',
    'http://evil.example',
    '//evil.example',
    'a#',
    '#',
    'a?',
    '?',
    '?a=b/',
    'a?b=/tracker#',
  ];
  const before = [
    '/',
    '//',
    '///',
    '/.',
    '/./',
    '/../',
    '/..;/',
    '/;/',
    '/%2f',
    '/%2e%2e/',
    '\\',
    '/\\',
    '/api',
    '/x/..',
    '//evil.example',
    '/http://evil.example',
    '/@evil.example',
    '/%09',
    '/-',
  ];
  const after = [
    '/',
    '//',
    '/.',
    '/..',
    '/../',
    '/../tracker',
    '/./',
    ';',
    ';a',
    ';a=b',
    '%20',
    '%00',
    '%0a',
    '%09',
    '%2f',
    '%3f',
    '%23',
    '%',
    '?',
    '??',
    '?a',
    '?a=b',
    '?/',
    '#',
    '#a',
    '.json',
    '.',
    '..',
    '~',
    '*',
    '%2e',
    '\\',
    '/x',
    '/tracker',
    '&a=b',
    '@evil.example',
    ':80',
    ',',
    '=',
    '+',
    '\u200b',
    '\u0301',
  ];
  const spellings = [
    '/V3/a/tracker',
    '/v3/a/Tracker',
    '/v3/a/TRACKER',
    '/v3/a/%74racker',
    '/v3/a/tracke%72',
    '/%763/a/tracker',
    '/v%33/a/tracker',
    '/v3/a/trac\u212aer',
    '/v3/a/trackers',
    '/v3/a/tracke',
    '/v3/a/tracker s',
    '/v3/a/CheckBucket',
    '/v3/a/checkbuckets',
    '/v3/a/check-bucket',
    '/v3/a/check%62ucket',
    '/v3/a/check/bucket',
    '/v3.0/a/tracker',
    '/v03/a/tracker',
    '/v2/a/tracker',
    '/v1.0/a/tracker',
    '/v4/a/tracker',
    '/3/a/tracker',
    '/v3a/tracker',
    '/v3/atracker',
    '/v3/tracker',
    '/v3/tracker/a',
    '/tracker',
    '/a/v3/a/tracker',
    '/v3/a/quotas',
    '/v3/a/traces',
    '/v3/a/notifications',
    '/v3/a/',
    '/v3/a',
    '/v3/',
    '/v3',
    '/',
    '',
    '/-/tracker',
    '/-/healthz/',
    '/-/healthz?',
    '/-/metrics;',
    '/-/Metrics',
    '/-/%6detrics',
    '/-//metrics',
    '/-',
    '/-/',
    '/healthz',
  ];
  return [
    ...ids.flatMap((id) => [`/v3/${id}/tracker`, `/v3/${id}/checkbucket`]),
    ...before.map((part) => part + CREATE),
    ...after.flatMap((part) => [CREATE + part, CHECK + part]),
    ...spellings,
  ];
}

async function read(response) {
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    json,
    code: json?.code,
    sent: json?.sent,
  };
}

// A generator with a fixed seed.
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * @param {{ createSigningProxy: Function, createEmulator: Function, sampleCredentials: object }} made
 * @param {{ randomRequests?: number }} [size]
 * @returns {[string, () => Promise<void>][]}
 */
export function proxyCases(
  { createSigningProxy, createEmulator, sampleCredentials },
  { randomRequests = 10_000 } = {},
) {
  /** A proxy in front of an emulator or another upstream, with its calls and events. */
  function harness(options = {}, upstream = undefined) {
    const clock = { now: START };
    const now = () => clock.now;
    const emulator = createEmulator({ now, credentials: options.emulated });
    const calls = [];
    const events = [];
    let active = 0;
    let maxActive = 0;
    const { emulated, ...rest } = options;
    const proxy = createSigningProxy({
      endpoint: UPSTREAM,
      credentials: sampleCredentials,
      now,
      onEvent: (event) => events.push(event),
      fetch: async (url, init) => {
        calls.push({ url, init, body: new TextDecoder().decode(init.body) });
        active += 1;
        maxActive = Math.max(maxActive, active);
        try {
          return await (upstream ?? emulator.fetch)(url, init);
        } finally {
          active -= 1;
        }
      },
      ...rest,
    });
    const ask = async (path, body, init) => read(await proxy.fetch(post(path, body, init)));
    return { proxy, emulator, calls, events, clock, ask, maxActive: () => maxActive };
  }

  const answering =
    (status, body = '{}', headers = {}) =>
    async () =>
      new Response(body, { status, headers });

  return [
    [
      'encodes, signs and forwards both requests',
      async () => {
        const { ask, calls, emulator } = harness();
        const created = await ask(
          CREATE,
          ` {"kms_id":null,"evil":1,"tracker_name":"system", "tracker_type" : "system"}\n`,
        );
        equal([created.status, created.json.tracker_name], [201, 'system']);
        ok(created.headers['x-request-id'], 'the request id is passed on');
        const checked = await ask(CHECK, BUCKETS);
        equal([checked.status, checked.json.buckets[0].check_bucket_response.success], [200, true]);
        equal(
          calls.map(({ url }) => url),
          [UPSTREAM + CREATE, UPSTREAM + CHECK],
        );
        equal(calls[0].body, SYSTEM);
        equal([calls[0].init.method, calls[0].init.redirect], ['POST', 'manual']);
        equal(emulator.state().trackers.length, 1);
      },
    ],

    [
      'does not send invalid requests',
      async () => {
        const { ask, calls } = harness();
        const refused = await ask(CREATE, '{"tracker_type":"data"}');
        equal([refused.status, refused.code, refused.sent], [422, 'invalid_request', 'no']);
        equal(
          refused.json.issues.map(({ code, path }) => `${path.join('.')} ${code}`),
          ['tracker_name required', 'data_bucket required'],
        );
        equal(refused.headers['content-type'], 'application/problem+json');
        for (const body of ['', '{', '{}{}', '{}\0', '\ufeff{}'])
          equal((await ask(CREATE, body)).code, 'invalid_json', body);
        equal((await ask(CREATE, undefined)).code, 'invalid_json');
        equal((await ask(CREATE, new Uint8Array([0xff, 0xfe, 0x7b, 0]))).code, 'invalid_json');
        equal((await ask(CREATE, '[]')).code, 'invalid_request');
        equal(calls.length, 0);
      },
    ],

    [
      'forwards only the two requests: random methods and paths',
      async () => {
        const { proxy, calls } = harness();
        const next = random(7);
        const pick = (list) => list[next(list.length)];
        const word = () => Array.from({ length: next(12) }, () => String.fromCharCode(33 + next(94))).join('');
        let requests = 0;
        for (let i = 0; i < randomRequests; i++) {
          const method = pick(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'POST', 'PURGE']);
          const path = pick([
            `/${word()}`,
            `/v3/${word()}/tracker`,
            `/v3/${word()}/${pick(['tracker', 'checkbucket', 'quotas'])}`,
            `/v3/${PROJECT}/tracker${word()}`,
            `/v3/${PROJECT}/${word()}`,
            `/v${next(9)}/${PROJECT}/tracker`,
          ]);
          let request;
          try {
            request = new Request(BASE + path, { method, headers: GOOD, ...(method === 'POST' && { body: SYSTEM }) });
          } catch {
            continue;
          }
          requests += 1;
          const before = calls.length;
          const { status } = await proxy.fetch(request);
          if (calls.length > before) {
            // Only the two requests are forwarded.
            ok(method === 'POST' && ROUTE.test(request.url), `${method} ${request.url}`);
          } else ok(status >= 400 || request.url.includes('/-/'), `${method} ${request.url}: ${status}`);
        }
        ok(calls.every(({ url }) => UPSTREAM_ROUTE.test(url)));
        // The seed is fixed, so these counts are the same in every run.
        ok(
          requests > randomRequests * 0.9 && calls.length > 0 && calls.length < requests / 10,
          `${calls.length} of ${requests} were forwarded`,
        );
      },
    ],

    [
      'admits only listed ids',
      async () => {
        const { ask, calls } = harness({ projects: [PROJECT], domains: [] });
        equal((await ask(CREATE, SYSTEM)).status, 201);
        equal((await ask(`/v3/${DOMAIN}/tracker`, SYSTEM)).code, 'id_not_allowed');
        equal((await ask(CHECK, BUCKETS)).code, 'id_not_allowed');
        equal(calls.length, 1);
      },
    ],

    [
      'refuses path tricks',
      async () => {
        const { proxy, calls } = harness();
        const paths = badPaths();
        ok(new Set(paths).size === paths.length && paths.length >= 200, `${paths.length} paths, or a duplicate`);
        for (const path of paths) {
          const raw = await read(await proxy.fetch(bare(BASE + path)));
          // A path that changes the host of the URL is refused for the host.
          const elsewhere = raw.code === 'host_not_allowed' && !path.startsWith('/');
          ok(raw.code === 'not_found' || elsewhere, `${JSON.stringify(path)}: ${raw.text}`);
        }
        equal(calls.length, 0);
        for (const path of paths) {
          let request;
          try {
            request = post(path, SYSTEM);
          } catch {
            continue;
          }
          // A path that Request resolves to a valid one is admitted.
          const { status, text } = await read(await proxy.fetch(request));
          ok(status === 404 || ROUTE.test(request.url), `${JSON.stringify(path)}: ${text}`);
        }
        ok(calls.every(({ url }) => UPSTREAM_ROUTE.test(url)));
      },
    ],

    [
      'refuses disallowed hosts before any other check',
      async () => {
        const { proxy, calls } = harness();
        const refused = async (request, what) => {
          const { status, code, sent } = await read(await proxy.fetch(request));
          equal([status, code, sent], [403, 'host_not_allowed', 'no'], what);
        };
        const evil = [
          'evil.example',
          'evil.example:8787',
          'localhost.evil.example',
          '127.0.0.1.evil.example',
          'evil.localhost.example',
          'xlocalhost',
          'localhostx',
          '0.0.0.0',
          '127.0.0.2',
          '10.0.0.1',
          '169.254.169.254',
          '[::]',
          '[::2]',
          '[::ffff:7f00:1]',
          '[fe80::1]',
          'metadata.google.internal',
        ];
        for (const host of evil) {
          for (const path of [CREATE, CHECK, '/-/metrics', '/x']) {
            for (const method of ['GET', 'POST']) {
              const body = method === 'POST' ? SYSTEM : undefined;
              await refused(new Request(`http://${host}${path}`, { method, headers: GOOD, body }), host + path);
            }
          }
          // DNS rebinding: the URL has the connection's address, the Host header the attacker's name.
          await refused(bare(BASE + CREATE, { headers: { host } }), `Host: ${host}`);
          const withGoodHost = bare(`http://${host}${CREATE}`, { headers: { host: 'localhost:8787' } });
          await refused(withGoodHost, `${host} with a valid Host header`);
        }
        for (const host of [
          'localhost.',
          '127.1',
          '2130706433',
          '0x7f.1',
          '017700000001',
          'localhost:',
          'localhost:x',
          'localhost:99999',
          'localhost, evil.example',
          'localhost evil.example',
          'localhost@evil.example',
          'evil@localhost',
          'localhost/',
          'localhost#',
          '*',
        ]) {
          await refused(bare(BASE + CREATE, { headers: { host } }), `Host: ${host}`);
          // Some of these are not valid in a URL.
          const { status } = await proxy.fetch(bare(`http://${host}${CREATE}`));
          ok(status === 403 || status === 404, host);
        }
        for (const url of [CREATE, `//evil.example${CREATE}`, `http://localhost@evil.example${CREATE}`, '*'])
          await refused(bare(url), url);
        equal(calls.length, 0);

        const allowedHosts = [
          'console.example.com',
          'other.example.com:8443',
          'any.example.com:*',
          '[2001:db8::1]:8787',
        ];
        const { proxy: named } = harness({ allowedHosts });
        const status = async (host) => (await named.fetch(new Request(`http://${host}/x`))).status;
        for (const host of [
          'console.example.com',
          'CONSOLE.example.com',
          // `new URL` drops the default port of its scheme.
          'console.example.com:443',
          'other.example.com:8443',
          'any.example.com',
          'any.example.com:1',
          '[2001:db8::1]:8787',
        ]) {
          equal(await status(host), 404, host);
        }
        for (const host of [
          'localhost',
          '127.0.0.1:8787',
          'console.example.com:8080',
          'other.example.com',
          'other.example.com:844',
          'x.any.example.com',
          '[2001:db8::1]',
          '[2001:db8::2]:8787',
        ]) {
          equal(await status(host), 403, host);
          for (const path of ['/-/healthz', '/-/readyz'])
            equal((await named.fetch(new Request(`http://${host}${path}`))).status, 200, `a probe at ${host}`);
        }
      },
    ],

    [
      'takes the upstream only from the options',
      async () => {
        const { ask, calls } = harness();
        for (const name of [
          'x-forwarded-host',
          'x-forwarded-server',
          'x-forwarded-proto',
          'x-forwarded-port',
          'x-host',
          'x-original-url',
          'x-original-host',
          'x-rewrite-url',
          'x-http-method-override',
          'x-method-override',
          'forwarded',
          'x-region',
          'x-endpoint',
          'x-upstream',
          'destination',
          'proxy-authorization',
          'referer',
          'via',
        ]) {
          for (const value of [
            'evil.example',
            'http://evil.example/',
            '//evil.example',
            'host=evil.example;proto=https',
            'DELETE',
            'eu-west-101',
          ]) {
            equal((await ask(CHECK, BUCKETS, { headers: { [name]: value } })).status, 200, `${name}: ${value}`);
          }
        }
        const named = {
          region: 'evil.example',
          endpoint: 'http://evil.example',
          host: 'evil.example',
          url: '//evil.example',
        };
        equal((await ask(CHECK, JSON.stringify({ ...JSON.parse(BUCKETS), ...named }))).status, 200);
        ok(calls.every(({ url, init }) => url === UPSTREAM + CHECK && init.method === 'POST'));
        ok(!JSON.stringify(calls).includes('evil'));

        // With a region, the upstream is the host of the region table.
        const regional = harness({ region: 'eu-west-101', endpoint: undefined }, answering(200));
        await regional.ask(CHECK, BUCKETS);
        equal(regional.calls[0].url, `https://cts.eu-west-101.myhuaweicloud.eu${CHECK}`);
      },
    ],

    [
      'refuses forms of other sites and all requests without a preflight',
      async () => {
        const { ask, proxy, calls } = harness();
        const code = async (headers) => (await ask(CREATE, SYSTEM, { headers })).code;
        for (const value of [
          '',
          'XMLHttpRequest',
          'CTS-tracker',
          'cts-tracker2',
          'cts-tracker, cts-tracker',
          'cts-tracker;',
          'true',
        ]) {
          equal(await code({ 'x-requested-with': value }), 'csrf_header_required', value);
        }
        const { 'x-requested-with': _, ...without } = GOOD;
        const headerless = new Request(BASE + CREATE, { method: 'POST', headers: without, body: SYSTEM });
        equal((await read(await proxy.fetch(headerless))).code, 'csrf_header_required');
        for (const type of [
          '',
          'text/plain',
          'text/plain;charset=UTF-8',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'multipart/form-data; boundary=application/json',
          'text/plain; application/json',
          'text/json',
          'application/problem+json',
          'application/jsonp',
          'application/json, text/plain',
          'text/plain, application/json',
          'application/json; charset=utf-16',
          'application/json; charset=latin1',
          'application/json x',
        ]) {
          equal(await code({ 'content-type': type }), 'unsupported_media_type', type);
        }
        equal(await code({ 'content-encoding': 'gzip' }), 'unsupported_media_type');
        for (const origin of [
          'https://evil.example',
          'http://localhost:8788',
          'http://localhost',
          'https://localhost:8787',
          'http://127.0.0.1:8787',
          'http://localhost:8787.evil.example',
          'null',
          '',
          'file://',
        ]) {
          equal(await code({ origin }), 'origin_not_allowed', origin);
        }
        for (const site of ['cross-site', 'CROSS-SITE', 'Cross-Site']) {
          equal(await code({ 'sec-fetch-site': site }), 'cross_site');
          equal(await code({ 'sec-fetch-site': site, origin: BASE }), 'cross_site', "with the proxy's own origin");
        }
        // Requests without a body, like those of images, scripts, links and frames, have no content type.
        for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
          for (const path of [CREATE, CHECK])
            equal((await proxy.fetch(new Request(BASE + path, { method, headers: GOOD }))).status, 405, method);
        }
        equal(calls.length, 0);
        const own = await ask(CREATE, SYSTEM, { headers: { origin: BASE, 'sec-fetch-site': 'same-origin' } });
        equal(own.status, 201, "a page of the proxy's own origin");
      },
    ],

    [
      'only pages of allowed origins can read responses',
      async () => {
        const origin = 'https://console.example.com';
        const { proxy, ask, calls } = harness({ allowedOrigins: [origin, 'http://localhost:5173'] });
        const good = await ask(CHECK, BUCKETS, { headers: { origin } });
        equal([good.status, good.headers['access-control-allow-origin'], good.headers.vary], [200, origin, 'origin']);
        ok(!('access-control-allow-credentials' in good.headers), 'no cookies');
        const bad = await ask(CHECK, '{', { headers: { origin } });
        equal([bad.code, bad.headers['access-control-allow-origin']], ['invalid_json', origin]);
        const other = await ask(CHECK, BUCKETS, { headers: { origin: 'http://localhost:5173' } });
        equal(other.headers['access-control-allow-origin'], 'http://localhost:5173');
        const preflight = async (from, headerNames = 'content-type,x-requested-with', method = 'POST') => {
          const headers = {
            origin: from,
            'access-control-request-method': method,
            'access-control-request-headers': headerNames,
          };
          return read(await proxy.fetch(new Request(BASE + CREATE, { method: 'OPTIONS', headers })));
        };
        const allowed = await preflight(origin);
        equal(
          [
            allowed.status,
            allowed.headers['access-control-allow-origin'],
            allowed.headers['access-control-allow-methods'],
            allowed.text,
          ],
          [204, origin, 'POST', ''],
        );
        equal(allowed.headers.vary.includes('origin'), true);
        for (const other of [
          'null',
          '',
          '*',
          BASE,
          'https://evil.example',
          'https://console.example.com.evil.example',
          'https://evilconsole.example.com',
          'https://x.console.example.com',
          'https://CONSOLE.example.com',
          'https://console.example.com:444',
          'https://console.example.com:443',
          'http://console.example.com',
          'https://console.example.com/',
          'https://console.example.com.',
          'https://console.example.co',
          'https://console-example.com',
          'https://console.example.com, https://evil.example',
          'https://evil.example https://console.example.com',
          'https://evil@console.example.com',
          'https://console.example.com@evil.example',
          'HTTPS://console.example.com',
          'http://localhost:517',
          'http://localhost:51730',
          'http://localhost',
          'https://localhost:5173',
        ]) {
          const before = calls.length;
          for (const answer of [await ask(CHECK, BUCKETS, { headers: { origin: other } }), await preflight(other)]) {
            const { code, headers } = answer;
            equal(
              [code, headers.vary, 'access-control-allow-origin' in headers],
              ['origin_not_allowed', 'origin', false],
              other,
            );
          }
          equal(calls.length, before, other);
        }
        // The allowed headers are fixed. `authorization` is for the `authorize` hook of the host.
        for (const headerNames of ['x-sdk-date', 'x-security-token', '*', 'cookie', '']) {
          const { headers } = await preflight(origin, headerNames);
          equal(headers['access-control-allow-headers'], 'content-type, x-requested-with, authorization', headerNames);
        }
        for (const method of ['GET', 'PUT', 'DELETE', '*', 'post', '']) {
          equal((await preflight(origin, 'content-type', method)).code, 'method_not_allowed', method);
        }
      },
    ],

    [
      'forwards no header of the caller',
      async () => {
        const { ask, calls } = harness();
        const mine = {
          authorization: 'SDK-HMAC-SHA256 Access=evil, SignedHeaders=x, Signature=00',
          'x-sdk-date': '20000101T000000Z',
          'x-security-token': 'evil',
          'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD',
          'x-project-id': 'evil',
          'x-auth-token': 'evil',
          cookie: 'a=evil',
          'user-agent': 'evil',
          'x-evil': 'evil',
          'accept-language': 'evil',
          'x-emulator-fault': '500',
        };
        equal((await ask(CHECK, BUCKETS, { headers: mine })).status, 200);
        equal(calls[0].init.headers.map(([name]) => name).sort(), [
          'accept',
          'authorization',
          'content-type',
          'user-agent',
          'x-sdk-date',
        ]);
        ok(!JSON.stringify(calls[0].init.headers).includes('evil'));
        const next = random(11);
        const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-_.!~';
        for (let i = 0; i < 300; i++) {
          const name = `x-${Array.from({ length: 1 + next(20) }, () => letters[next(letters.length)]).join('')}`;
          const prefix = ['', 'x-sdk-', 'x-apig-', 'x-auth-', 'proxy-'][next(5)];
          const { status } = await ask(CHECK, BUCKETS, { headers: { [prefix + name]: `evil${next(1000)}` } });
          equal(status, 200, prefix + name);
        }
        for (const {
          init: { headers },
        } of calls) {
          equal(headers.map(([name]) => name).sort(), [
            'accept',
            'authorization',
            'content-type',
            'user-agent',
            'x-sdk-date',
          ]);
          ok(!JSON.stringify(headers).includes('evil'));
        }
      },
    ],

    [
      'encodes again what two programs could read differently',
      async () => {
        const { ask, calls } = harness({}, answering(201));
        // The last of two equal keys is used, and only that one is sent.
        for (const [body, sent] of [
          ['{"tracker_type":"data","tracker_type":"system"}', SYSTEM],
          ['{"tracker_type":"data","trac\\u006ber_type":"system"}', SYSTEM],
          ['{"tracker_type":"system","x":{"a":1,"a":2},"__proto__":{"tracker_type":"data"},"constructor":1}', SYSTEM],
          [
            '{"tracker_type":"system","is_lts_enabled":true,"is_lts_enabled":false}',
            '{"tracker_type":"system","tracker_name":"system","is_lts_enabled":false}',
          ],
          [` \t\r\n${SYSTEM}\n \t\r\n`, SYSTEM],
        ]) {
          equal((await ask(CREATE, body)).status, 201, body);
          equal(calls.at(-1).body, sent, body);
        }
        const before = calls.length;
        const last = await ask(CREATE, '{"tracker_type":"system","tracker_type":"data"}');
        equal(last.code, 'invalid_request', 'the last one is validated');
        for (const after of [
          'x',
          ',',
          '}',
          ']',
          '{}',
          ' {}',
          '//',
          '/**/',
          '\0',
          '\u00a0',
          '\ufeff',
          '"',
          'null',
          '\n\n1',
          ';',
        ]) {
          equal((await ask(CREATE, SYSTEM + after)).code, 'invalid_json', JSON.stringify(after));
        }
        for (const body of [
          `\ufeff${SYSTEM}`,
          "{'tracker_type':'system'}",
          '{tracker_type:"system"}',
          '{"tracker_type":"system",}',
          '{"a":01}',
          '{"a":NaN}',
          '{"a":1.}',
          '{"a":"\t"}',
          '{"a":"\\x41"}',
          '{"a":"\\ud800',
          '['.repeat(20_000),
          '{"a":'.repeat(10_000),
        ]) {
          equal((await ask(CREATE, body)).code, 'invalid_json', body.slice(0, 40));
        }
        equal(calls.length, before);
      },
    ],

    [
      'refuses a body that is too long, with or without content-length',
      async () => {
        const { ask, calls } = harness({ maxBodyBytes: 1000 });
        const body = JSON.stringify({ buckets: [], x: 'x'.repeat(2000) });
        equal([(await ask(CHECK, body)).status, (await ask(CHECK, body)).code], [413, 'body_too_large']);
        let pulled = 0;
        let cancelled = false;
        const endless = new ReadableStream({
          pull(controller) {
            pulled += 1;
            controller.enqueue(new Uint8Array(400).fill(0x20));
          },
          cancel() {
            cancelled = true;
          },
        });
        const streamed = await ask(CHECK, endless, { duplex: 'half' });
        equal([streamed.status, streamed.code, streamed.sent], [413, 'body_too_large', 'no']);
        await tick(5);
        ok(pulled < 10, `${pulled} pieces were read`);
        ok(cancelled, 'the rest is not read');
        equal(calls.length, 0);
      },
    ],

    [
      'refuses a body that is slow or breaks off',
      async () => {
        const { ask, calls } = harness({ bodyTimeoutMs: 60 });
        const dribble = new ReadableStream({
          async pull(controller) {
            await tick(25);
            controller.enqueue(new TextEncoder().encode(' '));
          },
        });
        equal((await ask(CHECK, dribble, { duplex: 'half' })).code, 'body_timeout');
        equal(
          (await ask(CHECK, new ReadableStream({ pull: () => new Promise(() => {}) }), { duplex: 'half' })).status,
          408,
        );
        const broken = new ReadableStream({
          pull(controller) {
            controller.error(new Error('gone'));
          },
        });
        equal((await ask(CHECK, broken, { duplex: 'half' })).code, 'body_unreadable');
        const used = post(CHECK, BUCKETS);
        await used.text();
        const { proxy } = harness();
        equal((await read(await proxy.fetch(used))).code, 'body_unreadable');
        equal(calls.length, 0);
      },
    ],

    [
      'limits concurrent requests',
      async () => {
        const { ask, calls, maxActive } = harness({ maxConcurrent: 20 });
        const answers = await Promise.all(Array.from({ length: 1000 }, () => ask(CHECK, BUCKETS)));
        const count = (status) => answers.filter((answer) => answer.status === status).length;
        equal([count(200), count(503)], [20, 980]);
        ok(
          answers.every(
            ({ status, code, sent, headers }) =>
              status === 200 || (code === 'too_many_in_flight' && sent === 'no' && headers['retry-after'] === '1'),
          ),
        );
        equal(calls.length, 20);
        ok(maxActive() <= 20);
        equal((await ask(CHECK, BUCKETS)).status, 200);
      },
    ],

    [
      'releases the slot of a request that never ends',
      async () => {
        const { ask, clock, calls } = harness({ maxConcurrent: 1 }, () => new Promise(() => {}));
        const wait = async () => {
          const before = calls.length;
          ask(CHECK, BUCKETS);
          for (let i = 0; calls.length === before; i++) {
            ok(i < 500, 'the request is not admitted');
            await tick(1);
          }
        };
        await wait();
        equal((await ask(CHECK, BUCKETS)).code, 'too_many_in_flight');
        clock.now += 10 * 60_000;
        await wait();
      },
    ],

    [
      'a body that never comes takes no place of others',
      async () => {
        const { proxy, calls } = harness({ bodyTimeoutMs: 500 });
        const slow = () => new ReadableStream({ pull: () => new Promise(() => {}) });
        const heads = Array.from({ length: 256 }, () =>
          proxy.fetch(post(CHECK, slow(), { duplex: 'half' }), { remoteAddress: '10.0.0.1' }),
        );
        const statuses = [];
        for (const client of ['10.0.0.2', '10.0.0.3', '2001:db8::1'])
          statuses.push((await proxy.fetch(post(CHECK, BUCKETS), { remoteAddress: client })).status);
        equal(statuses, [200, 200, 200]);
        const answers = await Promise.all(heads.map(async (head) => (await read(await head)).code));
        const count = (code) => answers.filter((each) => each === code).length;
        equal([count('body_timeout'), count('too_many_in_flight')], [128, 128], 'one client has its share');
        equal(calls.length, 3);
        const bad = harness({
          ratePerClient: {
            perMinute: 1,
            key: () => {
              throw new Error('x');
            },
          },
        });
        equal([(await bad.ask(CHECK, BUCKETS)).status, (await bad.ask(CHECK, BUCKETS)).status], [200, 429]);
      },
    ],

    [
      'no access key is locked, whatever keys come and whatever the date is',
      async () => {
        const key = (id, secret) => ({ accessKeyId: `AK${id}`, secretAccessKey: `S${secret}` });
        for (const [name, keys] of Object.entries({
          'one key': () => key(1, 1),
          'two keys in turn': (i) => key(i % 2, 1),
          'other secrets': (i) => key(1, i),
          'others each time': (i) => key(i, 1),
        })) {
          for (const jumps of [false, true]) {
            let asked = 0;
            const refused = new Map();
            const { ask, clock } = harness({ credentials: () => keys(asked++) }, async (_, { headers }) => {
              const id = /Access=([^,]+)/.exec(new Headers(headers).get('authorization'))[1];
              refused.set(id, (refused.get(id) ?? 0) + 1);
              const date = new Date(clock.now + (asked % 2 ? 40 : -40) * 60_000).toUTCString();
              return new Response('{"error_code":"APIGW.0301","error_msg":"signature expired"}', {
                status: 401,
                headers: jumps ? { date } : {},
              });
            });
            for (let i = 0; i < 200; i++) {
              await ask(CREATE, SYSTEM);
              clock.now += 1_400;
            }
            const counts = [...refused.values()];
            const all = counts.reduce((sum, count) => sum + count, 0);
            ok(
              Math.max(...counts) <= 4 && all <= 8,
              `${name}${jumps ? ', Date jumps' : ''}: ${Math.max(...counts)} of one key, ${all} of all`,
            );
          }
        }
      },
    ],

    [
      'one answer with a distant Date does not move the clock',
      async () => {
        const { ask, calls, clock, events } = harness(
          {},
          async () =>
            new Response('', {
              status: calls.length === 1 ? 502 : 200,
              headers: { date: new Date(clock.now + (calls.length <= 2 ? 23 * 3_600_000 : 0)).toUTCString() },
            }),
        );
        for (let i = 0; i < 3; i++) await ask(CREATE, SYSTEM);
        const dates = calls.map(({ init }) => new Headers(init.headers).get('x-sdk-date'));
        equal(dates, Array(3).fill('20261122T120000Z'));
        equal(
          events.filter(({ type }) => type === 'clock'),
          [],
        );
      },
    ],

    [
      'what a polluted prototype holds is no option',
      async () => {
        const polluted = (properties, body) => {
          for (const [name, value] of Object.entries(properties))
            Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: true });
          try {
            return body();
          } finally {
            for (const name of Object.keys(properties)) delete Object.prototype[name];
          }
        };
        const evil = {
          allowedHosts: ['evil.example'],
          allowedOrigins: ['https://evil.example'],
          authorize: () => new Response('evil'),
          projects: ['evil'],
          domains: ['evil'],
          maxBodyBytes: 1,
          maxConcurrent: 1,
          maxConcurrentPerClient: 1,
          ratePerClient: 1,
          burst: 1,
          securityToken: 'evil',
          expiresAt: 1,
        };
        const { ask, proxy, calls } = polluted(evil, () => harness());
        const answers = await Promise.all([ask(CHECK, BUCKETS), ask(CHECK, BUCKETS)]);
        equal(
          answers.map(({ status, code }) => [status, code]),
          [
            [200, undefined],
            [200, undefined],
          ],
        );
        ok(!JSON.stringify(calls.map(({ init }) => init.headers)).includes('evil'));
        const { status } = await proxy.fetch(
          bare(`http://evil.example${CHECK}`, { headers: { host: 'evil.example' } }),
        );
        equal(status, 403);
        const fails = (body) => {
          try {
            body();
          } catch (error) {
            return error.code;
          }
          return undefined;
        };
        equal(
          fails(() => polluted({ region: 'eu-west-0' }, () => createSigningProxy({ credentials: CANARY }))),
          'invalid_options',
        );
        equal(
          fails(() => polluted({ credentials: CANARY }, () => createSigningProxy({ region: 'eu-west-0' }))),
          'invalid_options',
        );
        equal(
          fails(() =>
            polluted({ secretAccessKey: 'x' }, () =>
              createSigningProxy({ region: 'eu-west-0', credentials: { accessKeyId: 'x' } }),
            ),
          ),
          'invalid_credentials',
        );
        // The emulator's options, and what is in them.
        const emulator = polluted(
          { latencyMs: 60_000, managed: true, securityToken: 'evil', faults: ['503'], body: 'evil', nth: 7 },
          () =>
            createEmulator({
              now: () => START,
              buckets: [{ name: 'bucket1', location: 'cn-north-1' }],
              credentials: [CANARY],
            }),
        );
        const own = harness({ credentials: CANARY }, emulator.fetch);
        const checked = await own.ask(CHECK, BUCKETS);
        equal([checked.status, 'is_authorized_bucket' in checked.json.buckets[0]], [200, false]);
      },
    ],

    [
      'limits the rate of a client',
      async () => {
        const { proxy, clock, calls } = harness({ ratePerClient: { perMinute: 60, burst: 3 } });
        const from = async (address) =>
          (
            await read(
              await proxy.fetch(post(CHECK, BUCKETS, { headers: { 'x-forwarded-for': `${calls.length}` } }), {
                remoteAddress: address,
              }),
            )
          ).status;
        equal(
          [await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.1')],
          [200, 200, 200, 429],
        );
        equal(await from('10.0.0.2'), 200);
        clock.now += 1000;
        equal([await from('10.0.0.1'), await from('10.0.0.1')], [200, 429]);
        // Other runtimes pass the address differently. Clients without an address share one limit.
        equal((await proxy.fetch(post(CHECK, BUCKETS), { remoteAddr: { hostname: '10.0.0.1' } })).status, 429);
        equal((await proxy.fetch(post(CHECK, BUCKETS), { requestIP: () => ({ address: '10.0.0.1' }) })).status, 429);
        // Requests that are refused for another reason do not count.
        for (let i = 0; i < 10; i++) await proxy.fetch(new Request(`${BASE}/x`), { remoteAddress: '10.0.0.3' });
        equal(await from('10.0.0.3'), 200);
        const keyed = harness({ ratePerClient: { perMinute: 1, key: (request) => request.headers.get('x-client') } });
        equal((await keyed.ask(CHECK, BUCKETS, { headers: { 'x-client': 'a' } })).status, 200);
        equal((await keyed.ask(CHECK, BUCKETS, { headers: { 'x-client': 'b' } })).status, 200);
        const over = await keyed.ask(CHECK, BUCKETS, { headers: { 'x-client': 'a' } });
        equal([over.code, over.headers['retry-after']], ['rate_limited', '60']);
      },
    ],

    [
      'does not follow redirects',
      async () => {
        for (const status of [301, 302, 303, 307, 308]) {
          const { ask, calls } = harness({}, answering(status, '', { location: 'https://evil.example/' }));
          const answer = await ask(CREATE, SYSTEM);
          equal([answer.status, answer.code, answer.sent], [502, 'upstream_redirect', 'yes']);
          equal(calls.length, 1);
          ok(!answer.text.includes('evil') && !('location' in answer.headers));
        }
      },
    ],

    [
      'passes on responses without their other headers',
      async () => {
        for (const status of [200, 201, 204, 400, 403, 404, 429, 500, 502, 503, 504]) {
          const body = status === 204 ? null : '{"error_code":"CTS.0203","error_msg":"no"}';
          const { ask } = harness(
            {},
            answering(status, body, {
              'content-type': 'application/json;charset=utf-8',
              'x-request-id': 'abc',
              'retry-after': '7',
              'set-cookie': 'a=b',
              server: 'x',
              'access-control-allow-origin': '*',
            }),
          );
          const answer = await ask(CREATE, SYSTEM);
          equal(
            [answer.status, answer.text, answer.headers['x-request-id'], answer.headers['retry-after']],
            [status, body ?? '', 'abc', '7'],
          );
          for (const name of ['set-cookie', 'server', 'access-control-allow-origin'])
            ok(!(name in answer.headers), name);
        }
        const html = await harness(
          {},
          answering(502, '<script>alert(1)</script>', { 'content-type': 'text/html' }),
        ).ask(CREATE, SYSTEM);
        equal(
          [html.status, html.headers['content-type'], html.headers['x-content-type-options']],
          [502, 'text/plain; charset=utf-8', 'nosniff'],
        );
        const forged = await harness(
          {},
          answering(502, '{"sent":"no","code":"x"}', { 'content-type': 'application/problem+json' }),
        ).ask(CREATE, SYSTEM);
        equal(forged.headers['content-type'], 'application/json');
        const bytes = new Uint8Array([0xff, 0x00, 0x41]);
        equal(
          [
            ...new Uint8Array(
              await (
                await harness({}, async () => new Response(bytes, { status: 500 })).proxy.fetch(post(CREATE, SYSTEM))
              ).arrayBuffer(),
            ),
          ],
          [255, 0, 65],
        );
      },
    ],

    [
      'pauses after a 401, longer each time',
      async () => {
        let status = 401;
        const { ask, calls, clock, events } = harness(
          {},
          async () => new Response('{"error_code":"APIGW.0301","error_msg":"verify aksk signature fail"}', { status }),
        );
        const first = await ask(CREATE, SYSTEM);
        equal([first.status, first.json.error_code], [401, 'APIGW.0301']);
        const second = await ask(CREATE, SYSTEM);
        equal(
          [second.status, second.code, second.sent, second.headers['retry-after']],
          [503, 'keys_refused', 'no', '30'],
        );
        equal(calls.length, 1);
        clock.now += 29_999;
        equal((await ask(CREATE, SYSTEM)).code, 'keys_refused');
        clock.now += 1;
        equal((await ask(CREATE, SYSTEM)).status, 401);
        equal((await ask(CREATE, SYSTEM)).headers['retry-after'], '60');
        clock.now += 60_000;
        status = 200;
        equal((await ask(CREATE, SYSTEM)).status, 200);
        status = 401;
        equal((await ask(CREATE, SYSTEM)).status, 401);
        equal((await ask(CREATE, SYSTEM)).headers['retry-after'], '30', 'the pause is at its minimum again');
        equal(calls.length, 4);
        equal(
          events.filter(({ type }) => type === 'keys_refused').map(({ pauseMs }) => pauseMs),
          [30_000, 60_000, 30_000],
        );
      },
    ],

    [
      'does not lock bad keys by a burst',
      async () => {
        const gate = deferred();
        const { ask, calls } = harness({}, async () => {
          await gate.promise;
          return new Response('{}', { status: 401 });
        });
        const all = Promise.all(Array.from({ length: 200 }, () => ask(CREATE, SYSTEM)));
        await tick(20);
        gate.resolve();
        const answers = await all;
        ok(calls.length <= 3, `${calls.length} were sent`);
        equal(answers.filter(({ status }) => status === 401).length, calls.length);
        ok(answers.every(({ status, code }) => status === 401 || code === 'keys_refused'));
        equal((await ask(CREATE, SYSTEM)).headers['retry-after'], '30', 'a burst counts once');
      },
    ],

    [
      'delays a burst with good keys only until the first response',
      async () => {
        const { ask, calls, maxActive } = harness({}, async () => {
          await tick(1);
          return new Response('{}', { status: 200 });
        });
        const answers = await Promise.all(Array.from({ length: 100 }, () => ask(CHECK, BUCKETS)));
        ok(answers.every(({ status }) => status === 200));
        equal(calls.length, 100);
        ok(maxActive() > 3, 'then requests run concurrently');
      },
    ],

    [
      'corrects a clock that is wrong by twenty minutes',
      async () => {
        for (const minutes of [20, -20]) {
          const theirs = createEmulator({ now: () => START + minutes * 60_000 });
          const { ask, calls, events } = harness({}, theirs.fetch);
          const first = await ask(CREATE, SYSTEM);
          equal(first.status, 401);
          ok(first.json.error_msg.includes(`20 minutes ${minutes > 0 ? 'behind' : 'ahead of'}`), first.text);
          equal(calls.length, 1, 'a createTracker is not sent again');
          equal(theirs.state().trackers.length, 0);
          const second = await ask(CREATE, SYSTEM);
          equal(second.status, 201, 'the date of the next request is corrected');
          ok(Math.abs(events.find(({ type }) => type === 'clock').offsetMs - minutes * 60_000) <= 1000);
        }
      },
    ],

    [
      'repeats a check that was refused for its date, once, and no check is lost',
      async () => {
        const theirs = createEmulator({ now: () => START + 20 * 60_000 });
        const { ask, calls, events } = harness({}, async (...call) => {
          await tick(5);
          return theirs.fetch(...call);
        });
        const answers = await Promise.all(Array.from({ length: 8 }, () => ask(CHECK, BUCKETS)));
        ok(answers.every(({ status }) => status === 200));
        equal(calls.length, 9, 'one bad signature');
        ok(!events.some(({ type }) => type === 'keys_refused'));
        // A service that refuses every date.
        const never = harness({}, async () => {
          const headers = { date: new Date(START + 20 * 60_000).toUTCString() };
          return Response.json({ error_msg: 'signature expired' }, { status: 401, headers });
        });
        equal((await never.ask(CHECK, BUCKETS)).status, 401);
        equal(never.calls.length, 2);
      },
    ],

    [
      'reports a service that is unreachable, slow, breaks off or sends too much',
      async () => {
        const failing = (error) =>
          harness({}, async () => {
            throw error;
          });
        const refused = Object.assign(new TypeError('fetch failed'), {
          cause: Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect' }),
        });
        // The error of Deno.
        const cause = new Error('client error (Connect): tcp connect error');
        const unconnected = Object.assign(new TypeError('fetch failed'), { cause });
        for (const error of [refused, unconnected]) {
          const { status, code, sent } = await failing(error).ask(CREATE, SYSTEM);
          equal([status, code, sent], [502, 'upstream_unreachable', 'no']);
        }
        // A lost route can also break an open connection.
        const gone = Object.assign(new TypeError('fetch failed'), { cause: { code: 'EHOSTUNREACH', syscall: 'read' } });
        for (const error of [
          new TypeError('fetch failed'),
          new Error('x'),
          'text',
          null,
          undefined,
          gone,
          Object.assign(new TypeError(), { cause: { code: 'ECONNRESET' } }),
        ]) {
          const answer = await failing(error).ask(CREATE, SYSTEM);
          equal([answer.status, answer.code, answer.sent], [502, 'upstream_unreachable', 'unknown']);
        }
        const hang = harness(
          { upstreamTimeoutMs: 40 },
          (_, { signal }) =>
            new Promise((_done, fail) => {
              signal.addEventListener('abort', () => fail(signal.reason));
            }),
        );
        const late = await hang.ask(CREATE, SYSTEM);
        equal([late.status, late.code, late.sent], [504, 'upstream_timeout', 'unknown']);
        const stalled = harness(
          { upstreamTimeoutMs: 40 },
          async (_, { signal }) =>
            new Response(
              new ReadableStream({
                start(controller) {
                  signal.addEventListener('abort', () => controller.error(signal.reason));
                },
              }),
            ),
        );
        equal((await stalled.ask(CREATE, SYSTEM)).code, 'upstream_timeout');
        const deaf = await harness({ upstreamTimeoutMs: 40 }, () => new Promise(() => {})).ask(CREATE, SYSTEM);
        equal([deaf.status, deaf.code, deaf.sent], [504, 'upstream_timeout', 'unknown']);
        const deafBody = await harness({ upstreamTimeoutMs: 40 }, async () => new Response(new ReadableStream())).ask(
          CREATE,
          SYSTEM,
        );
        equal([deafBody.status, deafBody.code, deafBody.sent], [504, 'upstream_timeout', 'yes']);
        const broken = harness(
          {},
          async () =>
            new Response(
              new ReadableStream({
                start(controller) {
                  controller.enqueue(new Uint8Array(3));
                },
                pull(controller) {
                  controller.error(new Error('gone'));
                },
              }),
              { status: 201 },
            ),
        );
        const half = await broken.ask(CREATE, SYSTEM);
        equal([half.status, half.code, half.sent], [502, 'upstream_answer', 'yes']);
        const big = await harness({}, answering(200, 'x'.repeat((1 << 20) + 1))).ask(CREATE, SYSTEM);
        equal([big.status, big.code, big.sent], [502, 'upstream_answer', 'yes']);
        equal((await harness({}, answering(200, 'x'.repeat(1 << 20))).ask(CREATE, SYSTEM)).text.length, 1 << 20);
      },
    ],

    [
      'aborts the upstream request when the caller disconnects',
      async () => {
        const aborted = deferred();
        const { proxy } = harness(
          {},
          (_, { signal }) =>
            new Promise((_done, fail) => {
              signal.addEventListener('abort', () => {
                aborted.resolve();
                fail(signal.reason);
              });
            }),
        );
        const controller = new AbortController();
        const answer = proxy.fetch(post(CREATE, SYSTEM, { signal: controller.signal }));
        await tick(5);
        controller.abort('for no reason');
        await aborted.promise;
        equal((await read(await answer)).sent, 'unknown');
      },
    ],

    [
      'fetches expiring keys once, early, and never uses expired keys',
      async () => {
        let fetches = 0;
        let next = async () => ({
          ...sampleCredentials,
          securityToken: `token${fetches}`,
          expiresAt: new Date(START + 3_600_000),
        });
        const used = [];
        const { ask, clock, events } = harness(
          {
            credentials: () => {
              fetches += 1;
              return next();
            },
          },
          async (_, { headers }) => {
            used.push(Object.fromEntries(headers)['x-security-token']);
            return new Response('{}');
          },
        );
        await Promise.all(Array.from({ length: 50 }, () => ask(CHECK, BUCKETS)));
        equal([fetches, new Set(used).size], [1, 1]);

        // Five minutes before the expiry new keys are fetched, while the old keys are used.
        const gate = deferred();
        next = async () => {
          await gate.promise;
          return { ...sampleCredentials, securityToken: 'second', expiresAt: START + 7_200_000 };
        };
        clock.now = START + 3_600_000 - 200_000;
        used.length = 0;
        await Promise.all(Array.from({ length: 20 }, () => ask(CHECK, BUCKETS)));
        equal([fetches, [...new Set(used)]], [2, ['token1']]);
        gate.resolve();
        await tick(1);
        used.length = 0;
        await ask(CHECK, BUCKETS);
        equal([fetches, used], [2, ['second']]);

        // While the provider fails, valid old keys are used, and the provider is not called at every request.
        next = async () => {
          throw Object.assign(new Error(CANARY.secretAccessKey), { code: 'ENOPE' });
        };
        clock.now = START + 7_200_000 - 200_000;
        used.length = 0;
        for (let i = 0; i < 5; i++) {
          equal((await ask(CHECK, BUCKETS)).status, 200);
          await tick();
        }
        equal([fetches, [...new Set(used)]], [3, ['second']]);
        equal(
          events.filter(({ ok: fine }) => fine === false),
          [{ type: 'credentials', ok: false, error: 'ENOPE' }],
        );

        // After they have expired nothing is sent.
        clock.now = START + 7_200_000 + 1;
        used.length = 0;
        const none = await ask(CHECK, BUCKETS);
        equal(
          [none.status, none.code, none.sent, none.headers['retry-after']],
          [503, 'credentials_unavailable', 'no', '1'],
        );
        next = async () => ({ ...sampleCredentials, expiresAt: clock.now - 1 });
        clock.now += 60_000;
        equal((await ask(CHECK, BUCKETS)).code, 'credentials_unavailable', 'expired keys of the provider');
        clock.now += 60_000;
        next = async () => ({ accessKeyId: 'a', secretAccessKey: 'b\n' });
        equal((await ask(CHECK, BUCKETS)).code, 'credentials_unavailable', 'invalid keys of the provider');
        equal(used, []);
        clock.now += 60_000;
        next = async () => ({ ...sampleCredentials, securityToken: 'last' });
        equal((await ask(CHECK, BUCKETS)).status, 200);
        equal(used, ['last']);
      },
    ],

    [
      'explains an expiry in seconds',
      async () => {
        const seconds = START / 1000;
        for (const expiresAt of [seconds, new Date(seconds), seconds + 3600.5, 0]) {
          let thrown;
          try {
            harness({ credentials: { ...CANARY, expiresAt } });
          } catch (error) {
            thrown = error;
          }
          equal([thrown instanceof TypeError, thrown?.code], [true, 'expiry_in_seconds'], String(expiresAt));
          ok(
            thrown.message.includes('seconds') &&
              thrown.message.includes('milliseconds') &&
              !thrown.stack.includes('CANARY'),
            thrown.stack,
          );
          const { ask, events } = harness({ credentials: async () => ({ ...CANARY, expiresAt }) });
          equal((await ask(CHECK, BUCKETS)).code, 'credentials_unavailable');
          equal(events[0], { type: 'credentials', ok: false, error: 'expiry_in_seconds' });
        }
        // A date in the past is not a mistake of units, and neither is any date if the clock starts at 0.
        harness({ credentials: { ...sampleCredentials, expiresAt: new Date('2001-01-01') } });
        equal(
          (
            await harness(
              { credentials: { ...sampleCredentials, expiresAt: 3_600_000 }, now: () => 0 },
              async () => new Response('{}'),
            ).ask(CHECK, BUCKETS)
          ).status,
          200,
        );
      },
    ],

    [
      'asks the provider for other keys when its keys are refused',
      async () => {
        let fetches = 0;
        const { ask, calls } = harness({
          credentials: async () => ({
            ...sampleCredentials,
            secretAccessKey: fetches++ === 0 ? 'stale' : sampleCredentials.secretAccessKey,
          }),
        });
        equal((await ask(CREATE, SYSTEM)).status, 401);
        equal((await ask(CREATE, SYSTEM)).status, 201);
        equal([fetches, calls.length], [2, 2]);
      },
    ],

    [
      'calls authorize of the host',
      async () => {
        const seen = [];
        let verdict = async () => true;
        const { ask, calls } = harness({
          authorize: async (request) => {
            seen.push(request);
            return verdict(request);
          },
        });
        equal((await ask(CHECK, BUCKETS, { headers: { authorization: 'Bearer mine' } })).status, 200);
        equal(
          [seen[0].headers.get('authorization'), seen[0].method, seen[0].url],
          ['Bearer mine', 'POST', BASE + CHECK],
        );
        verdict = async (request) => {
          await request.text();
          return true;
        };
        equal((await ask(CHECK, BUCKETS)).status, 200, 'authorize cannot consume the body');
        for (const no of [false, undefined, null, 0, 1, 'true', {}]) {
          verdict = async () => no;
          equal(
            [(await ask(CHECK, BUCKETS)).code, (await ask(CHECK, BUCKETS)).status],
            ['not_authorized', 403],
            String(no),
          );
        }
        verdict = () => new Response('log in', { status: 401, headers: { 'www-authenticate': 'Bearer' } });
        const own = await ask(CHECK, BUCKETS);
        equal([own.status, own.text, own.headers['www-authenticate']], [401, 'log in', 'Bearer']);
        verdict = () => {
          throw new Error(CANARY.secretAccessKey);
        };
        const thrown = await ask(CHECK, BUCKETS);
        equal(
          [thrown.status, thrown.code, thrown.sent, thrown.headers['retry-after']],
          [503, 'authorization_unavailable', 'no', '1'],
        );
        ok(!thrown.text.includes('CANARY'));
        for (const failing of [
          () => Promise.reject(new Error('down')),
          () => ({
            get status() {
              throw new Error('odd');
            },
          }),
          () => new Promise(() => {}),
          // biome-ignore lint/suspicious/noThenProperty: it never settles
          () => ({ then() {} }),
        ]) {
          const { ask: asks, events } = harness({ authorize: failing, bodyTimeoutMs: 30 });
          const answer = await asks(CHECK, BUCKETS);
          equal([answer.status, answer.code], [503, 'authorization_unavailable'], String(failing));
          ok(
            events.some(({ type }) => type === 'error'),
            'the host sees why',
          );
        }
        equal(calls.length, 2);
        const before = seen.length;
        equal((await ask('/v3/x/y', BUCKETS)).status, 404);
        equal(seen.length, before, 'authorize is called only for the two requests');
      },
    ],

    [
      'serves health, ready and metrics pages',
      async () => {
        const { proxy, ask, clock, calls } = harness({ metrics: true }, answering(401));
        const get = async (path, method = 'GET') => read(await proxy.fetch(new Request(BASE + path, { method })));
        equal([(await get('/-/healthz')).text, (await get('/-/healthz', 'HEAD')).text], ['ok\n', '']);
        equal((await get('/-/readyz')).status, 200);
        await ask(CREATE, SYSTEM);
        const notReady = await get('/-/readyz');
        equal([notReady.status, notReady.code], [503, 'not_ready']);
        equal([(await get('/-/readyz', 'HEAD')).status, (await get('/-/readyz', 'HEAD')).text], [503, '']);
        equal((await get('/-/healthz')).status, 200);
        const metrics = await get('/-/metrics');
        ok(metrics.headers['content-type'].startsWith('text/plain; version=0.0.4'));
        for (const line of [
          'cts_tracker_proxy_requests_total{operation="createTracker",status="401"} 1',
          'cts_tracker_proxy_problems_total{code="not_ready"} 3',
          'cts_tracker_proxy_upstream_seconds_count 1',
          'cts_tracker_proxy_in_flight 0',
          'cts_tracker_proxy_keys_refused 1',
        ])
          ok(metrics.text.split('\n').includes(line), `${line} is not in\n${metrics.text}`);
        clock.now += 30_000;
        equal((await get('/-/readyz')).status, 200);
        equal(calls.length, 1);
        const keyless = harness({
          credentials: async () => {
            throw new Error('no');
          },
        });
        equal(
          (await read(await keyless.proxy.fetch(new Request(`${BASE}/-/readyz`)))).json.detail,
          'there are no valid keys',
        );
      },
    ],

    [
      'refuses invalid options at once, without a key in the message',
      async () => {
        const wrong = (options) => {
          try {
            createSigningProxy(options);
          } catch (error) {
            ok(error instanceof TypeError && typeof error.code === 'string', `${error}`);
            ok(!`${error.stack}${JSON.stringify(error)}`.includes('CANARY'), `${error.stack}`);
            return `${error.code}: ${error.message}`;
          }
          throw new Error(`${JSON.stringify(options)} is accepted`);
        };
        const fine = { region: 'eu-west-0', credentials: CANARY };
        createSigningProxy(fine);
        createSigningProxy({ ...fine, region: undefined, endpoint: new URL('https://cts.example.com') });
        for (const options of [
          undefined,
          null,
          7,
          {},
          { region: 'eu-west-0' },
          { credentials: CANARY },
          { ...fine, endpoint: 'https://a.example' },
          { ...fine, region: 7 },
          { ...fine, credentials: { accessKeyId: CANARY.accessKeyId } },
          { ...fine, credentials: 'CANARY' },
          { ...fine, credentials: { ...CANARY, secretAccessKey: `${CANARY.secretAccessKey}\n` } },
          { ...fine, credentials: { ...CANARY, securityToken: 7 } },
          { ...fine, credentials: { ...CANARY, expiresAt: 'soon' } },
          { ...fine, credentials: { ...CANARY, accessKeyId: `${CANARY.accessKeyId}\0` } },
          { ...fine, allowedOrigins: ['*'] },
          { ...fine, allowedOrigins: 'https://a.example' },
          { ...fine, allowedHosts: ['*'] },
          { ...fine, projects: ['a/b'] },
          { ...fine, maxBodyBytes: -1 },
          { ...fine, maxBodyBytes: 1.5 },
          { ...fine, maxConcurrent: 0 },
          { ...fine, maxConcurrentPerClient: 0 },
          ...[
            'https://a..b',
            'https://-a',
            'https://a-',
            'https://user@a.example',
            'https://a.example/path',
            'https://a.example?query',
            'https://a.example#fragment',
            'https://a.example:0',
            'https://a.example:65536',
            'https://0x7f.1',
            'https://2130706433',
            'https://127.1',
            'https://1.2.3.4.5',
            'https://[::1',
            new URL('https://user:password@a.example'),
            new URL('https://a.example/path'),
          ].map((endpoint) => ({ ...fine, region: undefined, endpoint })),
          { ...fine, ratePerClient: 0 },
          { ...fine, ratePerClient: { burst: 1 } },
          { ...fine, ratePerClient: { perMinute: 1, per: 2 } },
          { ...fine, upstreamTimeoutMs: 0 },
          { ...fine, upstreamTimeoutMs: '1' },
          { ...fine, bodyTimeoutMs: Infinity },
          { ...fine, fetch: 'no' },
          { ...fine, authorize: true },
          { ...fine, onEvent: {} },
          { ...fine, now: 7 },
        ])
          wrong(options);
        ok(wrong({ ...fine, allowedOrigin: [] }).includes('allowedOrigin'), 'the message names a misspelt option');
        for (const [name, values] of Object.entries({
          allowedOrigins: ['https://a.example', [7], { 0: 'https://a.example' }, () => []],
          allowedHosts: ['a.example', [undefined]],
          projects: ['x', new Set(['x']), () => ['x'], Symbol('x')],
          domains: [7],
          maxBodyBytes: ['5', NaN, Infinity, 5n, 1e12],
          maxConcurrent: [true, []],
          ratePerClient: [
            '5',
            NaN,
            Infinity,
            -1,
            true,
            [],
            {},
            { perMinute: '5' },
            { perMinute: 5, burst: NaN },
            () => 5,
          ],
          region: [7, ['eu-west-0']],
        })) {
          for (const value of values) {
            const message = wrong({ ...fine, [name]: value });
            ok(
              /^invalid_options: \w+(\.(perMinute|burst))? must be /.test(message) && message.includes(` ${name}`),
              message,
            );
            ok(!/line 1|u32|sequence|invalid (type|value)/.test(message), message);
          }
        }
        ok(
          wrong({ ...fine, region: 'eu-west-1' }).includes('did you mean eu-west-0'),
          'the message suggests a similar region',
        );
        ok(wrong({ ...fine, region: undefined, endpoint: 'http://cts.example.com' }).includes('https'));
      },
    ],

    [
      'has no key in any output',
      async () => {
        const { accessKeyId, secretAccessKey, securityToken } = CANARY;
        const out = [];
        const say = async (proxy, request, info) => {
          const response = await proxy.fetch(request, info);
          out.push(JSON.stringify([...response.headers]), await response.text());
        };
        const echo = `${accessKeyId} ${securityToken} ${securityToken.replaceAll('/', '\\/')} ${securityToken.replaceAll('=', '\\u003d')}`;
        const upstreams = [200, 201, 400, 401, 403, 404, 429, 500, 502, 503, 301, 204].map(
          (status) => async (_url, init) =>
            new Response(
              status === 204
                ? null
                : JSON.stringify({
                    error_code: 'APIGW.0301',
                    error_msg: `canonicalRequest:POST|${JSON.stringify(init.headers)}|${echo}`,
                    raw: init.headers,
                  }),
              {
                status,
                headers: {
                  'x-request-id': accessKeyId,
                  'retry-after': securityToken,
                  'content-type': 'application/json',
                  location: `https://x/${securityToken}`,
                },
              },
            ),
        );
        upstreams.push(
          async (url, init) => {
            throw new Error(`${url} ${JSON.stringify(init.headers)}`);
          },
          async (_url, init) => {
            throw Object.assign(new TypeError('x'), {
              code: secretAccessKey,
              cause: { code: accessKeyId, message: JSON.stringify(init.headers) },
            });
          },
          async () => {
            throw CANARY;
          },
          async () => 'no response',
          async (_url, init) =>
            new Response(
              new ReadableStream({
                start(controller) {
                  controller.error(new Error(JSON.stringify(init)));
                },
              }),
            ),
        );
        const holders = [
          () => CANARY,
          () => async () => CANARY,
          () => async () => ({ ...CANARY, expiresAt: START + 400_000 }),
          () => async () => {
            throw CANARY;
          },
          () => async () => ({ ...CANARY, secretAccessKey: `${secretAccessKey} ` }),
        ];
        for (const holder of holders) {
          for (const upstream of upstreams) {
            const { proxy, events } = harness(
              {
                credentials: holder(),
                ratePerClient: 100,
                authorize: () => true,
                metrics: true,
                emulated: [CANARY],
              },
              upstream,
            );
            for (const request of [
              post(CREATE, SYSTEM),
              post(CREATE, '{'),
              post(CREATE, '{}'),
              post('/x', SYSTEM),
              post(CHECK, BUCKETS),
              new Request(`${BASE}/-/readyz`),
              new Request(`${BASE}/-/metrics`),
            ]) {
              await say(proxy, request, { remoteAddress: '10.0.0.1' });
            }
            await tick();
            out.push(
              JSON.stringify(events),
              JSON.stringify(proxy),
              String(proxy),
              String(proxy.fetch),
              Object.getOwnPropertyNames(proxy).join(),
            );
          }
        }
        const found = out.find((text) => text.includes('CANARY') || text.includes('1f0e3dad99908345'));
        ok(found === undefined, `a key is in: ${found}`);
        ok(out.length > 1000);
      },
    ],

    [
      'survives listeners and callers that throw',
      async () => {
        const { ask } = harness({
          onEvent: () => {
            throw new Error('x');
          },
        });
        equal((await ask(CHECK, BUCKETS)).status, 200);
        const { proxy } = harness();
        for (const request of [undefined, null, 7, {}, 'x'])
          equal((await read(await proxy.fetch(request))).code, 'internal');
      },
    ],
  ];
}
