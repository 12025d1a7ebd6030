// Cases of the signing proxy: keys, and the pause after a refusal.
import { BUCKETS, CANARY, CHECK, CREATE, deferred, equal, ok, START, SYSTEM, tick } from './support.mjs';

export const keysCases = ({ harness, sampleCredentials }) => [
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
];
