// listTrackers and resolveCreation, against the proxy and the emulator.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CtsError, createCtsClient, isCtsError, resolveCreation, zhCN } from 'cts-tracker';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const SYSTEM = { tracker_type: 'system', tracker_name: 'system' };
const DATA = {
  tracker_type: 'data',
  tracker_name: 'orders',
  is_lts_enabled: true,
  obs_info: { bucket_name: 'save-trace-bucket', file_prefix_name: 'a', bucket_lifecycle: 30 },
  data_bucket: { data_bucket_name: 'cstest0423', data_event: ['WRITE', 'READ'] },
};

/** A client over a proxy over an emulator, without a network. */
function service({ allowLookup = true, emulated = {}, ...options } = {}) {
  const emulator = createEmulator(emulated);
  const proxy = createSigningProxy({
    region: 'cn-north-1',
    credentials: sampleCredentials,
    fetch: emulator.fetch,
    now: emulated.now,
    allowLookup,
  });
  const sent = [];
  const client = createCtsClient({
    baseUrl: 'http://localhost:8787',
    projectId: PROJECT,
    fetch(url, init) {
      const request = new Request(url, init);
      sent.push(request);
      return proxy.fetch(request);
    },
    retry: { maxRetries: 0 },
    ...options,
  });
  return { client, emulator, sent };
}

/** A client whose every request has this answer. */
const answering = (status, body, headers = { 'content-type': 'application/json' }, options = {}) =>
  createCtsClient({
    ...options,
    baseUrl: 'http://localhost',
    projectId: PROJECT,
    fetch: async () => new Response(body, { status, headers }),
  });

async function failure(promise) {
  const error = await promise.then(
    () => assert.fail('the call did not fail'),
    (cause) => cause,
  );
  assert.ok(isCtsError(error), String(error));
  return error;
}

describe('listTrackers', () => {
  test('lists the trackers of a project, filtered', async () => {
    const { client, sent } = service();
    assert.deepEqual(await client.listTrackers(), []);
    const system = await client.createTracker(SYSTEM);
    const data = await client.createTracker(DATA);
    assert.deepEqual([...(await client.listTrackers())], [system, data]);
    assert.deepEqual([...(await client.listTrackers({ trackerType: 'data' }))], [data]);
    assert.deepEqual([...(await client.listTrackers({ trackerName: 'system', trackerType: 'system' }))], [system]);
    assert.deepEqual(await client.listTrackers({ trackerName: '追踪器 100%+' }), []);
    assert.deepEqual(await client.listTrackers({ projectId: 'other' }), []);
    const { method, url, headers, body } = sent.at(-2);
    assert.equal(method, 'GET');
    assert.equal(body, null);
    assert.equal(headers.get('x-requested-with'), 'cts-tracker');
    assert.equal(
      url,
      `http://localhost:8787/v3/${PROJECT}/trackers?tracker_name=%E8%BF%BD%E8%B8%AA%E5%99%A8%20100%25%2B`,
    );
  });

  test('reads a list leniently', async () => {
    const list = (body) => answering(200, JSON.stringify(body)).listTrackers();
    const [first, second] = await list({
      trackers: [
        { id: 'a', data_bucket: { data_bucket_name: 'b', data_event: 'READ' }, groupId: 'g', stream_id: 's' },
        null,
        { id: 'b', data_bucket: null, lts: null },
      ],
      total: 2,
    });
    assert.deepEqual(first.data_bucket.data_event, ['READ']);
    assert.equal(first.groupId, 'g');
    assert.equal(second.id, 'b');
    assert.deepEqual(await list({ trackers: null }), []);
    assert.deepEqual(await answering(404, '{"error_code":"CTS.0214","error_msg":"gone"}').listTrackers(), []);
    assert.deepEqual(await answering(404, '').listTrackers(), []);
    for (const body of ['{}', '[]', 'ok', '{"trackers":{}}', '{"trackers":[{"create_time":"soon"}]}']) {
      assert.equal((await failure(answering(200, body).listTrackers())).kind, 'bad_response', body);
    }
    assert.equal((await failure(answering(404, '{"error_code":"APIGW.0101"}').listTrackers())).kind, 'not_found');
    assert.equal((await failure(answering(404, '<h1>404</h1>').listTrackers())).kind, 'not_found');
  });

  test('tries again after a temporary failure', async () => {
    const emulated = { faults: ['reset; when=after', '502', '504'] };
    const { client, emulator } = service({ emulated, retry: { maxRetries: 5 } });
    assert.deepEqual(await client.listTrackers(), []);
    assert.equal(emulator.state().requestCount, 4);
  });

  test('refuses invalid options before anything is sent', async () => {
    const { client, sent } = service();
    for (const options of [
      { trackerType: 'other' },
      { trackerType: '' },
      { trackerName: '' },
      { trackerName: 7 },
      { trackerName: '\ud800' },
      { projectId: 'a/b' },
      { timeoutMs: 0 },
      { signal: 'now' },
      'x',
    ]) {
      assert.equal((await failure(client.listTrackers(options))).kind, 'validation', JSON.stringify(options));
    }
    assert.equal((await failure(client.listTrackers({ signal: AbortSignal.abort() }))).kind, 'aborted');
    assert.equal(sent.length, 0);
  });

  test('says which setting of the proxy allows lookups', async () => {
    const { client, emulator } = service({ allowLookup: false });
    const error = await failure(client.listTrackers());
    assert.deepEqual([error.kind, error.status, error.errorCode, error.sent], ['proxy', 404, 'not_found', 'no']);
    assert.match(error.message, /allowLookup/);
    assert.equal(emulator.state().requestCount, 0);
  });
});

describe('resolveCreation', () => {
  /** Creates a tracker with a fault, and resolves it. Checks that only lookups are sent. */
  async function resolved({ body = DATA, before, since, options, ...rest }) {
    const { client, emulator, sent } = service(rest);
    await before?.(client);
    const error = await failure(client.createTracker(body));
    assert.equal(error.mayAlreadyExist, true);
    await since?.(client);
    const { trackers } = emulator.state();
    const from = sent.length;
    const resolution = await resolveCreation(client, error, options);
    assert.ok(sent.slice(from).every(({ method }) => method === 'GET'));
    assert.deepEqual(emulator.state().trackers, trackers);
    return { ...resolution, lookups: sent.length - from };
  }
  const LOST = 'reset; when=after; operation=createTracker';
  const UNSENT = 'reset; operation=createTracker';
  const nth = (fault, count) => `${fault}; nth=${count}`;

  test('created', async () => {
    for (const body of [DATA, SYSTEM]) {
      const { resolution, tracker, lookups } = await resolved({ body, emulated: { faults: [LOST] } });
      assert.deepEqual([resolution, tracker.tracker_name, lookups], ['created', body.tracker_name, 1]);
    }
  });

  test('existed before', async () => {
    const clock = { time: Date.now() - 60_000 };
    const { resolution, tracker } = await resolved({
      emulated: { now: () => clock.time, faults: [nth(LOST, 2)] },
      async before(client) {
        await client.createTracker(DATA);
        clock.time += 60_000;
      },
    });
    assert.deepEqual([resolution, tracker.tracker_name], ['existed_before', 'orders']);
  });

  test('differs', async () => {
    const other = {
      ...DATA,
      is_lts_enabled: false,
      obs_info: { bucket_name: 'bucket1' },
      data_bucket: { data_bucket_name: 'cstest0423', data_event: ['READ'] },
    };
    const { resolution, differences } = await resolved({
      emulated: { faults: [UNSENT] },
      since: (client) => client.createTracker(other),
    });
    assert.equal(resolution, 'differs');
    assert.deepEqual(differences, [
      { path: ['is_lts_enabled'], sent: true, found: false },
      { path: ['obs_info', 'bucket_name'], sent: 'save-trace-bucket', found: 'bucket1' },
      { path: ['obs_info', 'file_prefix_name'], sent: 'a', found: '' },
      { path: ['data_bucket', 'data_event'], sent: ['WRITE', 'READ'], found: ['READ'] },
    ]);
  });

  test('not seen, after looking again', async () => {
    const { resolution, lookups } = await resolved({
      emulated: { faults: [UNSENT] },
      // The last lookup has a tenth of it.
      options: { timeoutMs: 1000 },
    });
    assert.deepEqual([resolution, lookups], ['not_seen', 2]);
  });

  test('a tracker that appears late is found', async () => {
    const { resolution, lookups } = await resolved({ emulated: { faults: [LOST], visibilityDelayMs: 1500 } });
    assert.equal(resolution, 'created');
    assert.ok(lookups > 1, String(lookups));
  });

  test('unknown, if lookups are not allowed', async () => {
    const { resolution, cause, lookups } = await resolved({ allowLookup: false, emulated: { faults: [LOST] } });
    assert.deepEqual([resolution, cause.kind, lookups], ['unknown', 'proxy', 1]);
    assert.match(cause.message, /allowLookup/);
  });

  test('a temporary failure of a lookup does not end it', async () => {
    const faults = [LOST, '502; operation=listTrackers'];
    assert.equal((await resolved({ emulated: { faults } })).resolution, 'created');
    const always = [LOST, { kind: 502, operation: 'listTrackers', times: Infinity }];
    const { resolution, cause } = await resolved({ emulated: { faults: always }, options: { timeoutMs: 200 } });
    assert.deepEqual([resolution, cause.kind], ['unknown', 'server']);
  });

  test("the service's clock may be wrong", async () => {
    for (const minutes of [-60, -10, 10, 60]) {
      const clock = { time: Date.now() + minutes * 60_000 };
      const emulated = { now: () => clock.time, faults: [nth(LOST, 1), nth(LOST, 3)] };
      assert.equal((await resolved({ emulated })).resolution, 'created', `${minutes} min`);
      const { resolution } = await resolved({
        emulated: { ...emulated, faults: [nth(LOST, 2)] },
        async before(client) {
          await client.createTracker(DATA);
          clock.time += 60_000;
        },
      });
      assert.equal(resolution, 'existed_before', `${minutes} min`);
    }
  });

  test('a conflict after an unknown outcome resolves to the earlier call', async () => {
    const { client } = service({ emulated: { faults: [LOST] } });
    const first = await failure(client.createTracker(DATA));
    await new Promise((done) => {
      setTimeout(done, 20);
    });
    const second = await failure(client.createTracker(DATA));
    assert.deepEqual([second.kind, second.mayAlreadyExist], ['conflict', true]);
    assert.equal(second.creation.sentAt, first.creation.sentAt);
    assert.equal((await resolveCreation(client, second)).resolution, 'created');
  });

  test('the error has what was sent, and logs do not', async () => {
    const { client } = service({ emulated: { faults: [LOST] } });
    const from = Date.now();
    const error = await failure(client.createTracker({ tracker_type: 'system' }));
    const { projectId, body, sentAt } = error.creation;
    assert.deepEqual([projectId, body], [PROJECT, SYSTEM]);
    assert.ok(sentAt >= from && sentAt <= Date.now());
    assert.equal('creation' in error.toJSON(), false);
    const refused = await failure(client.createTracker({ tracker_type: 'data' }));
    assert.equal('creation' in refused, false);
  });

  test('an abort ends it at once', async () => {
    const { client } = service({ emulated: { faults: [UNSENT] } });
    const error = await failure(client.createTracker(DATA));
    const controller = new AbortController();
    const resolving = failure(resolveCreation(client, error, { signal: controller.signal }));
    setTimeout(() => controller.abort('enough'), 50);
    const aborted = await resolving;
    assert.deepEqual([aborted.kind, aborted.cause], ['aborted', 'enough']);
    const before = await failure(resolveCreation(client, error, { signal: AbortSignal.abort() }));
    assert.equal(before.kind, 'aborted');
  });

  test("a body that was not validated may lack the management tracker's name", async () => {
    const { client } = service({ emulated: { faults: [LOST] } });
    const error = await failure(client.createTracker({ tracker_type: 'system' }, { validate: false }));
    assert.deepEqual(error.creation.body, { tracker_type: 'system' });
    const { resolution, tracker } = await resolveCreation(client, error);
    assert.deepEqual([resolution, tracker.tracker_name], ['created', 'system']);
    // Or be no object at all, so that there is nothing to look for.
    const empty = answering(200, '<html>');
    const other = await failure(empty.createTracker(null, { validate: false }));
    assert.equal((await resolveCreation(empty, other, { timeoutMs: 100 })).resolution, 'unknown');
  });

  test("its errors are in the client's language", async () => {
    const chinese = (options) => service({ locale: zhCN, ...options }).client;
    const of = async (client) => [client, await failure(client.createTracker(DATA))];
    const causeOf = async ([client, error], options = { timeoutMs: 100 }) => {
      const { resolution, cause } = await resolveCreation(client, error, options);
      assert.equal(resolution, 'unknown');
      return cause;
    };
    const refused = await causeOf(await of(chinese({ allowLookup: false, emulated: { faults: [UNSENT] } })));
    assert.ok(refused.message.startsWith(zhCN.errorKinds.proxy), refused.message);
    assert.match(refused.message, /allowLookup/);
    const failing = { kind: 502, operation: 'listTrackers', times: Infinity };
    const failed = await causeOf(await of(chinese({ emulated: { faults: [UNSENT, failing] } })));
    assert.ok(failed.message.startsWith(zhCN.errorKinds.server), failed.message);
    // A tracker without the time of its creation.
    const body = JSON.stringify({ trackers: [{ tracker_type: 'data', tracker_name: 'orders' }] });
    const error = new CtsError('outcome_unknown', '', { creation: { projectId: PROJECT, body: DATA, sentAt: 1 } });
    const timeless = await causeOf([answering(200, body, undefined, { locale: zhCN }), error]);
    assert.deepEqual([timeless.kind, timeless.message], ['bad_response', zhCN.errorKinds.bad_response]);

    const [client, unsent] = await of(chinese({ emulated: { faults: [UNSENT] } }));
    const controller = new AbortController();
    const resolving = failure(resolveCreation(client, unsent, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 50);
    assert.equal((await resolving).message, zhCN.errorKinds.aborted);
  });

  test('misuse is a TypeError', async () => {
    const { client } = service();
    const error = new CtsError('outcome_unknown', 'x', { creation: { projectId: PROJECT, body: SYSTEM, sentAt: 1 } });
    await assert.rejects(resolveCreation({}, error), TypeError);
    await assert.rejects(resolveCreation(client, new CtsError('conflict', 'x')), TypeError);
    await assert.rejects(resolveCreation(client, undefined), TypeError);
    await assert.rejects(resolveCreation(client, error, { timeoutMs: -1 }), TypeError);
    await assert.rejects(resolveCreation(client, error, { signal: 'x' }), TypeError);
  });
});

describe('the tracker that resolveCreation finds', () => {
  const body = { ...DATA, obs_info: { ...DATA.obs_info, is_obs_created: false, compress_type: null } };
  /** As the service lists the tracker of `body`, with defaults and without what it leaves out. */
  const found = {
    id: '1',
    create_time: 1795349100500,
    project_id: PROJECT,
    tracker_type: 'data',
    tracker_name: 'orders',
    is_support_validate: false,
    is_support_trace_files_encryption: false,
    status: 'enabled',
    obs_info: {
      bucket_name: 'save-trace-bucket',
      file_prefix_name: 'a',
      bucket_lifecycle: 30,
      compress_type: 'gzip',
    },
    data_bucket: { data_bucket_name: 'cstest0423', data_event: ['READ', 'WRITE'], search_enabled: true },
    lts: { is_lts_enabled: true, log_group_name: 'CTS' },
    group_id: 'g',
  };

  const resolve = (trackers, sent = body) =>
    resolveCreation(
      { listTrackers: async () => trackers },
      { creation: { projectId: PROJECT, body: sent, sentAt: 1795349100000 } },
      { timeoutMs: 1 },
    );

  test('has its project, type and name', async () => {
    for (const tracker of [found, { ...found, project_id: undefined }, { ...found, project_id: null }])
      assert.deepEqual(await resolve([{}, tracker]), { resolution: 'created', tracker });
    const others = [
      { project_id: 'other' },
      { tracker_type: 'system' },
      { tracker_name: 'Orders' },
      { tracker_name: null },
      { tracker_name: '' },
    ];
    for (const other of others)
      assert.deepEqual(await resolve([{ ...found, ...other }]), { resolution: 'not_seen' }, JSON.stringify(other));
    for (const sent of [{}, null, 'x']) assert.deepEqual(await resolve([{}], sent), { resolution: 'not_seen' });
    const system = { ...found, ...SYSTEM };
    for (const sent of [{ tracker_type: 'system' }, { tracker_type: 'system', tracker_name: null }])
      assert.deepEqual(await resolve([found, system], sent), { resolution: 'created', tracker: system });
  });

  test('is the new one of several', async () => {
    const old = { ...found, create_time: 1 };
    assert.deepEqual(await resolve([old, found, old]), { resolution: 'created', tracker: found });
    assert.deepEqual(await resolve([old]), { resolution: 'existed_before', tracker: old });
    for (const create_time of [null, undefined]) {
      const { resolution, cause } = await resolve([{ ...found, create_time }]);
      assert.deepEqual([resolution, cause.kind], ['unknown', 'bad_response']);
    }
  });

  test('differs only in fields that both have and that apply', async () => {
    const differences = async (changes, sent) => (await resolve([{ ...found, ...changes }], sent)).differences;
    const bucket = (changes) => ({ data_bucket: { ...found.data_bucket, ...changes } });
    assert.deepEqual(await differences({ obs_info: { bucket_lifecycle: 60 } }), [
      { path: ['obs_info', 'bucket_lifecycle'], sent: 30, found: 60 },
    ]);
    assert.deepEqual(await differences({ ...bucket({ data_bucket_name: 'c' }), lts: { is_lts_enabled: false } }), [
      { path: ['is_lts_enabled'], sent: true, found: false },
      { path: ['data_bucket', 'data_bucket_name'], sent: 'cstest0423', found: 'c' },
    ]);
    for (const events of [['READ'], ['READ', 'WRITE', 'DELETE'], []])
      assert.deepEqual(await differences(bucket({ data_event: events })), [
        { path: ['data_bucket', 'data_event'], sent: ['WRITE', 'READ'], found: events },
      ]);
    for (const same of [bucket({ data_event: ['READ', 'WRITE', 'READ'] }), { obs_info: null, lts: null }])
      assert.equal(await differences(same), undefined, JSON.stringify(same));
    // A data tracker ignores what only the management tracker has.
    assert.equal(await differences({}, { ...body, is_support_trace_files_encryption: true }), undefined);
  });
});
