// The vendor's Python SDK against the emulator: its signatures verify, its models decode the responses, and its
// exceptions have the codes.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { AWKWARD_NAMES } from './random-requests.mjs';
import { vendorPython } from './vendor.mjs';

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const DOMAIN = '24edf66e79d04187acb99a463e610764';
const TEMPORARY = {
  accessKeyId: 'TEMPORARY0EMULATOR00',
  secretAccessKey: 'temporary-not-a-secret',
  securityToken: 'gQpjbi1ub3J0aC0x+/==',
};

// The examples of the API pages. The bucket of the second is renamed, because it violates the documents.
const SYSTEM = {
  tracker_type: 'system',
  tracker_name: 'system',
  agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'test-data-tracker', file_prefix_name: '11' },
  is_lts_enabled: true,
  is_support_trace_files_encryption: true,
  kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504',
  is_support_validate: true,
};
const DATA = {
  tracker_type: 'data',
  tracker_name: 'data-tracker-name',
  agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'save-trace-bucket', file_prefix_name: '11', bucket_lifecycle: 30 },
  is_lts_enabled: true,
  data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' },
};
const BUCKETS = {
  buckets: [
    {
      bucket_location: 'cn-north-1',
      bucket_name: 'bucket1',
      is_support_trace_files_encryption: false,
      kms_id: '1f26f8d8-65d4-436b-bea2-bd0ac1984f71',
    },
    {
      bucket_location: 'cn-north-2',
      bucket_name: 'bucket2',
      is_support_trace_files_encryption: false,
      kms_id: '0c1b7d87-5186-411a-86ce-ed3b2ec848c9',
    },
  ],
};

let vendor;
let server;
let listener;
let endpoint;
let emulator;
/** The target of the last request. */
let received;

function emulate(options) {
  emulator = createEmulator({ credentials: [sampleCredentials, TEMPORARY], ...options });
  listener = toNodeHandler(emulator);
}

const call = (operation, body, { credentials = sampleCredentials, domainId = DOMAIN, ...query } = {}) =>
  vendor.ask({
    operation,
    endpoint,
    body,
    domainId,
    ...query,
    credentials: { ...credentials, projectId: PROJECT },
  });

before(
  async () => {
    server = createServer((request, response) => {
      received = request.url;
      listener(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    endpoint = `http://127.0.0.1:${server.address().port}`;
    vendor = await vendorPython();
  },
  { timeout: 300_000 },
);
after(async () => {
  await vendor?.end();
  server.closeAllConnections();
  server.close();
});

for (const [how, credentials] of [
  ['permanent', sampleCredentials],
  ['temporary', TEMPORARY],
]) {
  describe(`with ${how} keys`, () => {
    test('create_tracker, management', async () => {
      emulate();
      const { model, status, value, raw } = await call('createTracker', SYSTEM, { credentials });
      assert.deepEqual([model, status], ['CreateTrackerResponse', 201]);
      // The vendor's model has all fields of the response and no others.
      assert.deepEqual(present(value), JSON.parse(raw));
      assert.deepEqual(JSON.parse(raw), emulator.state().trackers[0]);
      assert.equal(value.project_id, PROJECT);
      assert.deepEqual(value.lts, { is_lts_enabled: true, log_group_name: 'CTS', log_topic_name: 'system-trace' });
    });

    test('create_tracker, data', async () => {
      emulate();
      const { status, value, raw } = await call('createTracker', DATA, { credentials });
      assert.equal(status, 201);
      assert.deepEqual(present(value), JSON.parse(raw));
      assert.deepEqual(value.data_bucket.data_event, ['READ', 'WRITE']);
      assert.equal(value.obs_info.bucket_lifecycle, 30);
    });

    test('check_obs_buckets', async () => {
      emulate();
      const { model, status, value, raw } = await call('checkObsBuckets', BUCKETS, { credentials });
      assert.deepEqual([model, status], ['CheckObsBucketsResponse', 200]);
      assert.deepEqual(present(value), JSON.parse(raw));
      assert.deepEqual(
        value.buckets.map((b) => [b.bucket_name, b.check_bucket_response.success, b.check_bucket_response.error_code]),
        [
          ['bucket1', true, null],
          ['bucket2', false, 'OBS.NoSuchBucket'],
        ],
      );
    });

    test('list_trackers', async () => {
      emulate();
      const list = (query) => call('listTrackers', undefined, { credentials, ...query });
      const none = await list();
      assert.deepEqual([none.model, none.status, none.value], ['ListTrackersResponse', 200, { trackers: [] }]);
      await call('createTracker', SYSTEM, { credentials });
      await call('createTracker', DATA, { credentials });
      const [system, data] = emulator.state().trackers;
      for (const [query, expected] of [
        [{}, [system, data]],
        [{ trackerType: 'data' }, [data]],
        [{ trackerName: 'system' }, [system]],
        [{ trackerName: 'data-tracker-name', trackerType: 'data' }, [data]],
        [{ trackerName: 'data-tracker-name', trackerType: 'system' }, []],
      ]) {
        const { status, value, raw } = await list(query);
        assert.equal(status, 200, JSON.stringify(query));
        // The vendor's model has all fields of the response and no others.
        assert.deepEqual(present(value), JSON.parse(raw));
        assert.deepEqual(JSON.parse(raw), { trackers: expected });
      }
    });

    test('list_trackers, with names that need encoding', async () => {
      emulate();
      for (const trackerName of AWKWARD_NAMES) {
        for (const trackerType of [undefined, 'data']) {
          const { status, value } = await call('listTrackers', undefined, { credentials, trackerName, trackerType });
          assert.deepEqual([status, value], [200, { trackers: [] }], trackerName);
          const query = new URL(received, endpoint).searchParams;
          assert.deepEqual([query.get('tracker_name'), query.get('tracker_type')], [trackerName, trackerType ?? null]);
        }
      }
    });
  });
}

/** The model without the values that the SDK sets for absent fields. */
function present(value) {
  if (Array.isArray(value)) return value.map(present);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== null)
      .map(([k, v]) => [k, present(v)]),
  );
}

describe('its exceptions', () => {
  const refused = async (answer, exception, status, errorCode, message = /./) => {
    const error = await answer;
    assert.deepEqual([error.exception, error.status, error.errorCode], [exception, status, errorCode]);
    assert.match(error.errorMsg, message);
    assert.equal(error.requestId, emulator.state().requests.at(-1).requestId);
  };

  test('have the codes of the service', async () => {
    emulate();
    await call('createTracker', SYSTEM);
    for (const [body, code] of [
      [SYSTEM, 'CTS.0201'],
      [{ ...SYSTEM, tracker_type: 'other' }, 'CTS.0202'],
      [{ ...DATA, tracker_name: '_' }, 'CTS.0203'],
      [{ ...SYSTEM, data_bucket: DATA.data_bucket }, 'CTS.0206'],
      [{ ...DATA, data_bucket: { ...DATA.data_bucket, data_bucket_name: 'nowhere' } }, 'CTS.0211'],
      [{ ...DATA, obs_info: { ...DATA.obs_info, bucket_name: 'saveTraceBucket' } }, 'CTS.0231'],
      [{ ...DATA, obs_info: { ...DATA.obs_info, bucket_lifecycle: 7 } }, 'CTS.0217'],
      [{ ...DATA, data_bucket: { ...DATA.data_bucket, data_event: [] } }, 'CTS.0219'],
    ])
      await refused(call('createTracker', body), 'ClientRequestException', 400, code);
    await refused(call('createTracker', null), 'ClientRequestException', 400, 'CTS.0003');
    // The SDK leaves the name in the path if there is no id.
    await refused(call('checkObsBuckets', BUCKETS, { domainId: null }), 'ClientRequestException', 403, 'CTS.0002');
    await refused(call('listTrackers', null, { trackerType: 'other' }), 'ClientRequestException', 400, 'CTS.0202');
    assert.equal(emulator.state().trackers.length, 1);
  });

  test('have the codes of the gateway', async () => {
    emulate();
    const wrong = { ...sampleCredentials, secretAccessKey: 'another' };
    await refused(
      call('createTracker', SYSTEM, { credentials: wrong }),
      'ClientRequestException',
      401,
      'APIGW.0301',
      new RegExp(
        `verify aksk signature fail, canonicalRequest:POST\\|/v3/${PROJECT}/tracker/\\|\\|content-type:application/json`,
      ),
    );
    const unknownKey = { ...sampleCredentials, accessKeyId: 'UNKNOWN' };
    await refused(
      call('createTracker', SYSTEM, { credentials: unknownKey }),
      'ClientRequestException',
      401,
      'APIGW.0301',
      /ak UNKNOWN not exist/,
    );
    const { securityToken, ...bare } = TEMPORARY;
    await refused(
      call('checkObsBuckets', BUCKETS, { credentials: bare }),
      'ClientRequestException',
      401,
      'APIGW.0301',
      /decrypt token fail/,
    );

    emulate({ now: () => Date.now() + 16 * 60_000 });
    await refused(call('checkObsBuckets', BUCKETS), 'ClientRequestException', 401, 'APIGW.0301', /signature expired/);
    assert.equal(emulator.state().trackers.length, 0);
  });

  test('have the codes of faults', async () => {
    emulate({ faults: ['403', '429', '500', '503'] });
    await refused(call('createTracker', SYSTEM), 'ClientRequestException', 403, 'CTS.0013');
    await refused(call('createTracker', SYSTEM), 'ClientRequestException', 429, 'APIGW.0308');
    await refused(call('createTracker', SYSTEM), 'ServerResponseException', 500, 'CTS.0004');
    await refused(call('createTracker', SYSTEM), 'ServerResponseException', 503, 'APIGW.0613');
    emulate({ faults: ['502', 'reset; when=after'] });
    const html = await call('createTracker', SYSTEM);
    assert.deepEqual([html.exception, html.errorCode], ['ServerResponseException', '502']);
    assert.match(html.errorMsg, /<html>/);
    const lost = await call('createTracker', SYSTEM);
    assert.equal(lost.status, undefined);
    assert.equal(emulator.state().trackers.length, 1);
    await refused(call('createTracker', SYSTEM), 'ClientRequestException', 400, 'CTS.0201');
  });
});
