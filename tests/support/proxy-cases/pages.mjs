// Cases of the signing proxy: pages of this and other origins.
import { BASE, BUCKETS, CHECK, CREATE, equal, GOOD, ok, read, SYSTEM } from './support.mjs';

export const pagesCases = ({ harness }) => [
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
];
