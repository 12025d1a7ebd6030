// `resolveCreation` against the state of the emulator, in virtual time: whoever created a tracker of the name, however
// late it appears, however the lookups fail and however wrong the clocks are, it answers the truth or says why it does
// not know. It creates nothing.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCtsClient, isCtsError, resolveCreation } from 'cts-tracker';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { randomFrom } from '../node/support/random.mjs';
import { startVirtualTime } from './virtual-time.mjs';

const CALLS = Number(process.env.CALLS ?? 1000);
const SEED = Number(process.env.CTS_SEED ?? 20261127);
const START = Date.UTC(2026, 10, 27, 12);
const HOUR = 3_600_000;
const TEMPORARY = ['network', 'timeout', 'throttled', 'server'];

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const OTHER_PROJECT = '24edf66e79d04187acb99a463e610764';
const BUCKETS = ['logs', 'archive', 'sources', 'others'].map((name) => ({
  name: `${name}-bucket`,
  location: 'cn-north-1',
}));

const bodyOf = ({ chance, one }) => ({
  ...(chance(0.3)
    ? { tracker_type: 'system' }
    : {
        tracker_type: 'data',
        tracker_name: one(['orders', 'a', '0_-z', 'X'.repeat(32)]),
        data_bucket: { data_bucket_name: 'sources-bucket', data_event: one([['READ'], ['WRITE'], ['WRITE', 'READ']]) },
      }),
  is_lts_enabled: chance(0.5),
  obs_info: {
    bucket_name: 'logs-bucket',
    file_prefix_name: one(['', 'a', '0._-']),
    compress_type: one(['gzip', 'json']),
  },
});

/** What another caller may send differently, with the path of the difference. */
const CHANGES = [
  ['is_lts_enabled', (body) => ({ ...body, is_lts_enabled: !body.is_lts_enabled })],
  ['obs_info.bucket_name', (body) => ({ ...body, obs_info: { ...body.obs_info, bucket_name: 'archive-bucket' } })],
  ['obs_info.file_prefix_name', (body) => ({ ...body, obs_info: { ...body.obs_info, file_prefix_name: 'other' } })],
];

/** When another caller creates a tracker, and whether its content is the same. */
const OTHERS = [
  { who: 'none' },
  { who: 'none' },
  // A slow lookup leaves the clock uncertain by up to 5 seconds, beside 5 seconds of grace.
  { who: 'before', isEqual: true, ages: [10_001, 15_000, 60_000, HOUR] },
  { who: 'before', isEqual: false, ages: [10_001, 60_000, HOUR] },
  { who: 'just before', isEqual: false, ages: [1, 2000, 4000] },
  { who: 'since', isEqual: false },
  { who: 'elsewhere', isEqual: true },
];

const CREATION_FAULTS = [
  ...['reset', 'hang'].flatMap((kind) => ['before', 'during', 'after'].map((when) => ({ kind, when }))),
  { kind: 'truncate' },
  { kind: 500, when: 'after' },
  { kind: 502, when: 'before' },
  { kind: 504, when: 'after' },
  { kind: 'CTS.0004', when: 'before' },
  { kind: 200, when: 'before', body: '<html>' },
  { kind: 201, when: 'after', body: '{}', headers: { 'content-type': 'text/plain' } },
];
const LOOKUP_FAULTS = [
  ...CREATION_FAULTS,
  { kind: 404, body: '<html>' },
  { kind: 'APIGW.0308' },
  { kind: 'CTS.0013' },
  { kind: 'latency', ms: 4500 },
  { kind: 'latency', ms: 8800 },
];

/** One creation, and everything that happens around it. */
function scenarioOf(random) {
  const { chance, one, between } = random;
  const offset = one([0, 0, 0, 2500, -2500, 400_000, -400_000, 2 * HOUR, -2 * HOUR]);
  const creationFault = { ...one(CREATION_FAULTS), operation: 'createTracker', times: one([1, Infinity]) };
  const lookupFaults = Array.from({ length: one([0, 0, 1, 2, 3]) }, () => ({
    ...one(LOOKUP_FAULTS),
    operation: 'listTrackers',
    nth: between(1, 5),
    times: one([1, 1, 2, 3, Infinity]),
  }));
  const other = one(OTHERS);
  return {
    body: bodyOf(random),
    offset,
    // A proxy may have the clock of the client or of the service. With a clock that is hours off, it cannot sign.
    proxyOffset: Math.abs(offset) < HOUR && chance(0.5) ? 0 : offset,
    other: { ...other, age: other.ages && one(other.ages) },
    change: one(CHANGES),
    validate: !chance(0.2),
    visibilityDelayMs: one([0, 0, 0, 400, 3000, 12_000, HOUR]),
    allowLookup: !chance(0.1),
    isThrottledFirst: chance(0.1),
    faults: [creationFault, ...lookupFaults],
    uplinkMs: one([0, 0, 0, 0, 30, 4000, 8800]),
    // The outcome may be resolved much later, by another process.
    pauseMs: one([0, 0, 0, 1000, HOUR]),
  };
}

const isOfName = (tracker, { tracker_type, tracker_name = tracker_type }) =>
  tracker.project_id === PROJECT && tracker.tracker_type === tracker_type && tracker.tracker_name === tracker_name;

/** Plays a scenario in virtual time. Returns how the creation ended and, if that was unknown, what it was resolved to. */
async function play(scenario) {
  const { body, offset, other, change, allowLookup, faults, uplinkMs } = scenario;
  const clock = startVirtualTime(START);
  const [path, changed] = change;
  const otherBody = other.isEqual === false ? changed(body) : body;
  try {
    const now = () => clock.now() + offset;
    const queued = scenario.isThrottledFirst ? [{ kind: 429, operation: 'createTracker', nth: 1 }] : [];
    // The creations of others are counted too.
    const isFirst = ['before', 'just before', 'elsewhere'].includes(other.who);
    const nth = (fault) =>
      fault.operation === 'createTracker' && isFirst ? { ...fault, nth: (fault.nth ?? 1) + 1 } : fault;
    const emulator = createEmulator({
      buckets: BUCKETS,
      now,
      visibilityDelayMs: scenario.visibilityDelayMs,
      faults: [...queued, ...faults].map(nth),
    });
    const proxyOf = (options) =>
      createSigningProxy({ region: 'cn-north-1', credentials: sampleCredentials, fetch: emulator.fetch, ...options });
    const proxy = proxyOf({ allowLookup, now: () => clock.now() + scenario.proxyOffset });
    const clientOf = (handler) => createCtsClient({ baseUrl: 'http://localhost', projectId: PROJECT, fetch: handler });
    const client = clientOf(async (url, init) => {
      const request = new Request(url, init);
      if (request.method === 'GET' && uplinkMs > 0)
        await new Promise((done) => {
          setTimeout(done, uplinkMs);
        });
      return proxy.fetch(request);
    });
    const others = clientOf((url, init) => proxyOf({ now }).fetch(new Request(url, init)));
    const create = (options, { data_bucket: tracked, ...rest } = otherBody) => {
      const elsewhere =
        tracked && other.who === 'elsewhere' ? { ...tracked, data_bucket_name: 'others-bucket' } : tracked;
      return clock.run(others.createTracker({ ...rest, ...(elsewhere && { data_bucket: elsewhere }) }, options));
    };

    if (other.who === 'before' || other.who === 'just before') {
      await create();
      clock.advance(other.age);
    }
    if (other.who === 'elsewhere') await create({ projectId: OTHER_PROJECT });
    const known = new Set(emulator.state().trackers.map(({ id }) => id));
    const ended = await clock.run(
      client.createTracker(body, { validate: scenario.validate }).then(
        () => 'success',
        (error) => error,
      ),
    );
    const ours = emulator.state().trackers.filter(({ id }) => !known.has(id));
    assert.ok(ours.length <= 1, 'created twice');
    if (ended === 'success') return { ended };
    assert.ok(isCtsError(ended), String(ended));
    if (!ended.mayAlreadyExist) {
      assert.deepEqual(ours, [], `${ended.kind}, but it was created`);
      return { ended: ended.kind };
    }
    // If our tracker exists, this fails.
    if (other.who === 'since') await create().catch(() => {});
    clock.advance(scenario.pauseMs);

    const before = emulator.state();
    /** How each lookup ended, as the caller of the client sees it. */
    const lookups = [];
    const recording = {
      ...client,
      async listTrackers(options) {
        lookups.push(await client.listTrackers(options).catch((error) => error));
        const last = lookups.at(-1);
        if (isCtsError(last)) throw last;
        return last;
      },
    };
    const startedAt = clock.now();
    const found = await clock.run(resolveCreation(recording, ended));
    const { trackers, requests, restarts } = emulator.state();
    assert.equal(restarts, 0);
    assert.deepEqual(trackers, before.trackers, 'resolveCreation changed something');
    const sent = requests.slice(before.requests.length);
    assert.ok(
      sent.every(({ operation, method }) => operation === 'listTrackers' && method === 'GET'),
      'resolveCreation sent something else',
    );

    const last = lookups.at(-1);
    if (!allowLookup) {
      assert.equal(found.resolution, 'unknown');
      assert.deepEqual([found.cause.kind, found.cause.errorCode, sent.length], ['proxy', 'not_found', 0]);
      assert.match(found.cause.message, /does not allow lookups.*allowLookup/);
      return { ended: ended.kind, resolution: 'unknown, not allowed' };
    }
    if (isCtsError(last)) {
      assert.equal(found.resolution, 'unknown');
      assert.equal(found.cause, last);
      // It looks again while a later lookup may succeed and there is time for one.
      if (TEMPORARY.includes(last.kind)) assert.ok(clock.now() - startedAt >= 27_000, `${last.kind} ended it`);
      return { ended: ended.kind, resolution: 'unknown' };
    }
    const tracker = trackers.find((each) => isOfName(each, body));
    const { at } = sent.at(-1);
    const expected = () => {
      if (!tracker || tracker.create_time > at - scenario.visibilityDelayMs) return ['not_seen'];
      if (tracker.id === ours[0]?.id) return ['created'];
      if (other.who === 'before') return ['existed_before'];
      return other.who === 'since' ? ['differs'] : ['existed_before', 'differs'];
    };
    assert.ok(expected().includes(found.resolution), `${found.resolution}, not ${expected().join(' or ')}`);
    if (found.resolution !== 'not_seen') assert.deepEqual(found.tracker, tracker);
    if (found.resolution === 'differs')
      assert.deepEqual(
        found.differences.map((each) => each.path.join('.')),
        [path],
      );
    return { ended: ended.kind, resolution: found.resolution };
  } finally {
    clock.end();
  }
}

describe('resolveCreation', () => {
  test(`answers what the emulator knows, in ${CALLS} calls`, { timeout: 120_000 }, async (t) => {
    const count = {};
    for (let call = 0; call < CALLS; call++) {
      const scenario = scenarioOf(randomFrom(SEED + call));
      try {
        const { ended, resolution = 'nothing to resolve' } = await play(scenario);
        const key = resolution === 'nothing to resolve' ? `${resolution}: ${ended}` : resolution;
        count[key] = (count[key] ?? 0) + 1;
      } catch (error) {
        error.message = `CTS_SEED=${SEED + call} CALLS=1: ${error.message}\n${JSON.stringify(scenario, null, 1)}`;
        throw error;
      }
    }
    t.diagnostic(JSON.stringify(count));
    if (CALLS < 500) return;
    for (const resolution of ['created', 'existed_before', 'differs', 'not_seen', 'unknown', 'unknown, not allowed'])
      assert.ok(count[resolution] > CALLS / 50, `${resolution}: ${count[resolution]}`);
  });
});
