// Every fault at every moment, both operations, many runs, over real sockets: no tracker is created twice, the kind is
// right, no call outlives its timeout, and nothing is rejected unheard.
import assert from 'node:assert/strict';
import test from 'node:test';
import { createCtsClient, isCtsError } from 'cts-tracker';
import { FAULT_NAMES, MOMENTS, startFaultServer } from './server.mjs';

const RUNS = Number(process.env.RUNS ?? 25);
const AT_ONCE = 24;
const TIMEOUT = 300;
const GRACE = 250;

const TRACKER = { tracker_type: 'system' };
const BUCKETS = { buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] };

const LOST = ['reset', 'truncate'];
const UNANSWERED = (moment) => moment === 'before' || moment === 'carried';

/** How a call ends that meets the fault at every try. */
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

/** How it ends if only the first try meets it. */
function passing(create, fault, moment) {
  const again = fault === 'retryAfter' || (!create && (LOST.includes(fault) || fault === 'hang'));
  return again ? 'success' : persistent(create, fault, moment);
}

const unheard = [];
process.on('unhandledRejection', (reason) => unheard.push(reason));

test(`${FAULT_NAMES.length} faults × ${MOMENTS.length} moments × 2 operations × ${RUNS} runs`, { timeout: 300_000 }, async () => {
  const server = await startFaultServer();
  const client = createCtsClient({ baseUrl: server.url, timeoutMs: TIMEOUT });
  // Time for two further tries, each cut short.
  const patient = createCtsClient({ baseUrl: server.url, timeoutMs: 6000, retry: { tryTimeoutMs: 150 } });
  const runs = [];
  for (const fault of FAULT_NAMES) {
    for (const moment of MOMENTS) {
      for (const create of [true, false]) {
        for (let run = 0; run < RUNS; run++) runs.push({ fault, moment, create, run, id: `r${runs.length}` });
      }
    }
  }
  // Mixed, so that no moment is spent on one fault alone.
  runs.sort((a, b) => (Number(a.id.slice(1)) * 7919) % 10007 - (Number(b.id.slice(1)) * 7919) % 10007);

  const wrong = [];
  let slowest = 0;
  const one = async ({ fault, moment, create, run, id }) => {
    const once = run % 2 === 1;
    // A year is more than any patience.
    const expected = once && !(fault === 'retryAfter' && run % 4 === 3) ? passing(create, fault, moment) : persistent(create, fault, moment);
    server.plan(id, { fault, moment, run, times: once ? 1 : Infinity });
    const began = performance.now();
    let ended = 'success';
    try {
      if (create) await (once ? patient : client).createTracker(TRACKER, { projectId: id });
      else await (once ? patient : client).checkObsBuckets(BUCKETS, { domainId: id });
    } catch (error) {
      ended = isCtsError(error) ? error.kind : error;
    }
    const over = performance.now() - began - (once ? 6000 : TIMEOUT);
    slowest = Math.max(slowest, over);
    if (ended !== expected) wrong.push(`${fault} ${moment} ${create ? 'create' : 'check'} ${once ? 'once' : 'always'}: ${ended}, not ${expected}`);
    if (server.created(id) > 1) wrong.push(`${fault} ${moment}: created ${server.created(id)} times`);
    if (create && fault !== 'retryAfter' && server.tries(id) > 1) wrong.push(`${fault} ${moment}: sent ${server.tries(id)} times`);
    if (over > GRACE) wrong.push(`${fault} ${moment}: ${over.toFixed(0)} ms over its time`);
  };
  const queue = runs.values();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const run of queue) await one(run);
  }));
  await server.close();
  console.log(`# ${runs.length} calls, slowest end against its timeout: ${slowest.toFixed(0)} ms`);
  assert.deepEqual([...new Set(wrong)], []);
  assert.deepEqual(unheard, []);
});

test('a caller who aborts, at any moment and for any reason', { timeout: 120_000 }, async () => {
  const server = await startFaultServer({ delayMs: 15 });
  const client = createCtsClient({ baseUrl: server.url, timeoutMs: 5000 });
  const reasons = [[], [undefined], [new Error('no more')], ['text'], [null], [0], [{ kind: 'x' }], [Symbol('s')]];
  const FAULTS = ['delay', 'hang', 'truncate', 'huge'];
  let aborted = 0;
  let slowest = 0;
  const one = async (run) => {
    const create = run % 2 === 0;
    const id = `a${run}`;
    server.plan(id, { fault: FAULTS[run % 4], moment: MOMENTS[(run >> 2) % 4], times: 1 });
    const controller = new AbortController();
    let when;
    const timer = setTimeout(() => {
      when = performance.now();
      controller.abort(...reasons[run % reasons.length]);
    }, (run * 37) % 60);
    try {
      if (create) await client.createTracker(TRACKER, { projectId: id, signal: controller.signal });
      else await client.checkObsBuckets(BUCKETS, { domainId: id, signal: controller.signal });
    } catch (error) {
      assert.ok(isCtsError(error), String(error));
      if (when === undefined) assert.notEqual(error.kind, 'aborted');
      else {
        assert.equal(error.kind, 'aborted', error.message);
        slowest = Math.max(slowest, performance.now() - when);
        aborted += 1;
      }
    } finally {
      clearTimeout(timer);
    }
    assert.ok(server.created(id) <= 1);
  };
  for (let run = 0; run < 1000; run += 50) await Promise.all(Array.from({ length: 50 }, (_, i) => one(run + i)));
  // Hung connections are let go, on this side too.
  for (let i = 0; i < 100 && server.connections() > 60; i++) await new Promise((done) => { setTimeout(done, 20); });
  assert.ok(server.connections() <= 60, `${server.connections()} connections are left`);
  await server.close();
  console.log(`# ${aborted} of 1000 aborted under way, slowest end after an abort: ${slowest.toFixed(1)} ms`);
  assert.ok(aborted > 500);
  assert.ok(slowest < 100, `${slowest} ms`);
  assert.deepEqual(unheard, []);
});
