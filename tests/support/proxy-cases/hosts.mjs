// Cases of the signing proxy: hosts and the upstream.
import { BASE, BUCKETS, bare, CHECK, CREATE, equal, GOOD, ok, read, SYSTEM, UPSTREAM } from './support.mjs';

export const hostsCases = ({ harness, answering }) => [
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

      const allowedHosts = ['console.example.com', 'other.example.com:8443', 'any.example.com:*', '[2001:db8::1]:8787'];
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
];
