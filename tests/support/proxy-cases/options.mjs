// Cases of the signing proxy: options and pages of the proxy, and functions of the host.
import { BASE, BUCKETS, bare, CANARY, CHECK, CREATE, equal, ok, read, START, SYSTEM } from './support.mjs';

export const optionsCases = ({ harness, answering, createSigningProxy, createEmulator }) => [
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
      const { status } = await proxy.fetch(bare(`http://evil.example${CHECK}`, { headers: { host: 'evil.example' } }));
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
      equal([seen[0].headers.get('authorization'), seen[0].method, seen[0].url], ['Bearer mine', 'POST', BASE + CHECK]);
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
