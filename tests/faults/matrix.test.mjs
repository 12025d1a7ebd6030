// Every fault at every moment, for both operations, over real sockets: no tracker is created twice, the error kind is
// right, every call ends by its timeout, `resolveCreation` finds out every unknown outcome, and there is no unhandled
// rejection.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createCtsClient, isCtsError, resolveCreation } from 'cts-tracker';
import { FAULT_NAMES, lookupsOf, MOMENTS, startFaultThread } from './server.mjs';

const RUNS = Number(process.env.RUNS ?? 25);
const AT_ONCE = 12;
const GRACE = 250;
/** Enough for several lookups after a creation that did not reach the service. */
const RESOLVE_MS = 5000;

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

/** How the lookups after a creation fail, by its run. */
const LOOKUPS = ['working', 'failing once', 'failing', 'not allowed', 'working'];
/** After these failures, `resolveCreation` looks again. */
const TEMPORARY = ['network', 'timeout', 'throttled'];

/** The fault of the lookups of a run. Each fault of a creation meets each one of a lookup. */
function lookupFault({ fault, moment, run }, times) {
  const next = (list, item) => list[(list.indexOf(item) + run) % list.length];
  return { fault: next(FAULT_NAMES, fault), moment: next(MOMENTS, moment), run, times };
}

/** The kinds of failures of which one ends the lookups with this fault; none if they succeed. */
function lookupFailures({ fault, moment, times }) {
  const kind = (times === 1 ? passing : persistent)(false, fault, moment);
  if (kind === 'success' || (times === 1 && TEMPORARY.includes(kind))) return [];
  return TEMPORARY.includes(kind) ? TEMPORARY : [kind];
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
  // Lookups have the time for a second try.
  const lookups = createCtsClient({ baseUrl: server.url, timeoutMs: 20_000, retry: { tryTimeoutMs: 2000 } });
  const resolving = [];
  const resolutions = {};
  const resolve = async (error, id) => {
    const found = await resolveCreation(lookups, error, { timeoutMs: RESOLVE_MS });
    const { resolution, tracker, cause } = found;
    resolutions[resolution] = (resolutions[resolution] ?? 0) + 1;
    if ((await server.created(id)) > 1) wrong.push('created again while it was resolved');
    return resolution === 'unknown' ? `unknown ${cause.kind}` : tracker ? `${resolution} ${tracker.id}` : resolution;
  };
  /** Compares what `resolveCreation` finds out with what the emulator has. */
  const compare = async (error, { fault, moment, run, id }) => {
    const description = `${fault} ${moment}`;
    const how = LOOKUPS[run % LOOKUPS.length];
    if (how === 'not allowed') {
      const found = await resolve(error, id);
      if (found !== 'unknown proxy') wrong.push(`${description}, lookups not allowed: ${found}`);
      return;
    }
    if (how !== 'working') {
      const plan = lookupFault({ fault, moment, run }, how === 'failing once' ? 1 : Infinity);
      const failures = lookupFailures(plan).map((kind) => `unknown ${kind}`);
      await server.plan(lookupsOf(id), plan);
      if (failures.length > 0) {
        const found = await resolve(error, id);
        if (!failures.includes(found)) wrong.push(`${description}, lookup ${plan.fault} ${plan.moment}: ${found}`);
        await server.plan(lookupsOf(id), { times: 0 });
      }
    }
    // A busy machine may delay a creation or a lookup beyond its time.
    for (let waited = 0; waited < 100 && !(await server.tries(id)); waited++)
      await new Promise((done) => {
        setTimeout(done, 20);
      });
    let found = '';
    for (let again = 0; again < 5 && (again === 0 || found === 'unknown timeout'); again++)
      found = await resolve(error, id);
    const tracker = await server.tracker(id);
    const truth = tracker ? `created ${tracker}` : 'not_seen';
    if (found !== truth) wrong.push(`${description}, lookup ${how}: ${found}, not ${truth}`);
  };
  const one = async ({ fault, moment, create, run, id }) => {
    const once = run % 2 === 1;
    // A Retry-After of a year is not waited for.
    const expected =
      once && !(fault === 'retryAfter' && run % 4 === 3)
        ? passing(create, fault, moment)
        : persistent(create, fault, moment);
    const allowLookup = LOOKUPS[run % LOOKUPS.length] !== 'not allowed';
    await server.plan(id, { fault, moment, run, times: once ? 1 : Infinity, allowLookup });
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
      if (error.mayAlreadyExist) resolving.push(compare(error, { fault, moment, run, id }));
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
  await Promise.all(resolving);
  console.log(`# ${resolving.length} outcomes were unknown; resolved: ${JSON.stringify(resolutions)}`);
  assert.deepEqual([...new Set(wrong)], []);
  assert.ok(resolving.length > 0);
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
