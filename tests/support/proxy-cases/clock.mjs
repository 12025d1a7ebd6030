// Cases of the signing proxy: the clock.
import { BUCKETS, CHECK, CREATE, equal, ok, START, SYSTEM, tick } from './support.mjs';

export const clockCases = ({ harness, createEmulator }) => [
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
];
