// Every fault at every moment, for both operations, over real sockets: no tracker is created twice, the error kind is
// right, every call ends by its timeout, and there is no unhandled rejection.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createCtsClient, isCtsError } from 'cts-tracker';
import { FAULT_NAMES, MOMENTS, startFaultThread } from './server.mjs';

const RUNS = Number(process.env.RUNS ?? 25);
const AT_ONCE = 12;
const GRACE = 250;

const TRACKER = { tracker_type: 'system' };
const BUCKETS = { buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] };

const LOST = ['reset', 'truncate'];
const UNANSWERED = (moment) => moment === 'before' || moment === 'executed';

/** The result of a call that meets the fault at every try. */
function persistent(create, fault, moment) {
  const unknown = (otherwise) => (create ? 'outcome_unknown' : otherwise);
  if (fault === 'delay') return 'success';
  if (fault === 'retryAfter') return 'throttled';
  if (LOST.includes(fault) || fault === 'hang') {
    if (moment === 'after') return 'success';
    if (fault === 'hang') return unknown('timeout');
    return UNANSWERED(moment) ? unknown('network') : 'bad_response';
  }
  return 'bad_response';
}

/** The result of a call if only its first try meets the fault. */
function passing(create, fault, moment) {
  const again = fault === 'retryAfter' || (!create && (LOST.includes(fault) || fault === 'hang'));
  return again ? 'success' : persistent(create, fault, moment);
}

const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
async function assertNoneUnhandled() {
  // Node reports unhandled rejections after the microtasks.
  await new Promise((done) => {
    setTimeout(done, 50);
  });
  assert.deepEqual(unhandled, []);
}

test(`${FAULT_NAMES.length} faults × ${MOMENTS.length} moments × 2 operations × ${RUNS} runs`, {
  timeout: 300_000,
}, async (t) => {
  const server = await startFaultThread();
  t.after(() => server.close());
  const clientOf = (timeoutMs, retry) => createCtsClient({ baseUrl: server.url, timeoutMs, retry });
  const standard = clientOf(20_000);
  // These clients cut a hung call short, or only its first try.
  const short = clientOf(250);
  const cutting = clientOf(20_000, { tryTimeoutMs: 600 });
  // This client does not wait for a retry after a 429.
  const withoutRetry = clientOf(20_000, { maxRetries: 0 });
  const runs = [];
  for (const fault of FAULT_NAMES) {
    for (const moment of MOMENTS) {
      for (const create of [true, false]) {
        for (let run = 0; run < RUNS; run++) runs.push({ fault, moment, create, run, id: `r${runs.length}` });
      }
    }
  }
  // Mixes the runs, so that different faults run concurrently.
  runs.sort((a, b) => ((Number(a.id.slice(1)) * 7919) % 10007) - ((Number(b.id.slice(1)) * 7919) % 10007));

  const wrong = [];
  let slowest = 0;
  const one = async ({ fault, moment, create, run, id }) => {
    const once = run % 2 === 1;
    // A Retry-After of a year is not waited for.
    const expected =
      once && !(fault === 'retryAfter' && run % 4 === 3)
        ? passing(create, fault, moment)
        : persistent(create, fault, moment);
    await server.plan(id, { fault, moment, run, times: once ? 1 : Infinity });
    const client =
      { hang: once ? cutting : moment === 'after' ? standard : short, retryAfter: once ? standard : withoutRetry }[
        fault
      ] ?? standard;
    // A timer of the same length measures the delay of a busy machine.
    let rang;
    const bare =
      client === short &&
      setTimeout(() => {
        rang = performance.now();
      }, 250);
    let ended = 'success';
    try {
      if (create) await client.createTracker(TRACKER, { projectId: id });
      else await client.checkObsBuckets(BUCKETS, { domainId: id });
    } catch (error) {
      ended = isCtsError(error) ? error.kind : error;
    }
    const over = rang === undefined ? 0 : performance.now() - rang;
    clearTimeout(bare);
    slowest = Math.max(slowest, over);
    if (ended !== expected)
      wrong.push(
        `${fault} ${moment} ${create ? 'create' : 'check'} ${once ? 'once' : 'always'}: ${ended}, not ${expected}`,
      );
    const [created, tries] = [await server.created(id), await server.tries(id)];
    if (created > 1) wrong.push(`${fault} ${moment}: created ${created} times`);
    if (create && fault !== 'retryAfter' && tries > 1) wrong.push(`${fault} ${moment}: sent ${tries} times`);
    if (over > GRACE) wrong.push(`${fault} ${moment}: ${over.toFixed(0)} ms over its time`);
  };
  const queue = runs.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const run of queue) await one(run);
    }),
  );
  console.log(`# ${runs.length} calls, slowest end against its timeout: ${slowest.toFixed(0)} ms`);
  assert.deepEqual([...new Set(wrong)], []);
  await assertNoneUnhandled();
});

test('an abort of the caller, at any moment and for any reason', { timeout: 120_000 }, async (t) => {
  const server = await startFaultThread();
  t.after(() => server.close());
  const client = createCtsClient({ baseUrl: server.url, timeoutMs: 5000 });
  const reasons = [[], [undefined], [new Error('no more')], ['text'], [null], [0], [{ kind: 'x' }], [Symbol('s')]];
  /** The abort reasons seen by each operation. */
  const met = new Set();
  const FAULTS = ['delay', 'hang', 'truncate', 'huge'];
  let aborted = 0;
  let late = 0;
  let seed = 20261122;
  const random = (below) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const one = async (run) => {
    const create = run % 2 === 0;
    // Each operation is aborted for each reason.
    const reason = (run >> 1) % reasons.length;
    const id = `a${run}`;
    await server.plan(id, { fault: FAULTS[random(4)], moment: MOMENTS[random(4)], times: 1 });
    const controller = new AbortController();
    let when;
    const timer = setTimeout(() => {
      when = 'now';
      // The call rejects within the microtasks after the abort.
      setTimeout(() => {
        when = 'later';
      });
      controller.abort(...reasons[reason]);
    }, random(60));
    try {
      if (create) await client.createTracker(TRACKER, { projectId: id, signal: controller.signal });
      else await client.checkObsBuckets(BUCKETS, { domainId: id, signal: controller.signal });
    } catch (error) {
      assert.ok(isCtsError(error), String(error));
      if (when === undefined) assert.notEqual(error.kind, 'aborted');
      else {
        assert.equal(error.kind, 'aborted', error.message);
        if (when !== 'now') late += 1;
        aborted += 1;
        met.add(`${create} ${reason}`);
      }
    } finally {
      clearTimeout(timer);
    }
    assert.ok((await server.created(id)) <= 1);
  };
  for (let run = 0; run < 1000; run += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => one(run + i)));
  // Hung connections are closed on this side too.
  let left;
  for (let i = 0; i < 100 && (left = await server.connections()) > 60; i++)
    await new Promise((done) => {
      setTimeout(done, 20);
    });
  assert.ok(left <= 60, `${left} connections are left`);
  console.log(`# ${aborted} of 1000 aborted under way`);
  assert.ok(aborted > 500);
  assert.equal(met.size, 2 * reasons.length);
  assert.equal(late, 0);
  await assertNoneUnhandled();
});
