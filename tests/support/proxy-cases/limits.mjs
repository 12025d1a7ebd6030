// Cases of the signing proxy: limits of requests in flight and of rates.
import { BASE, BUCKETS, CHECK, equal, ok, post, read, tick } from './support.mjs';

export const limitsCases = ({ harness }) => [
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
];
