// Values that a polluted Object.prototype provides become neither options nor fields of a request.
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a module in a process of its own, after the modules were imported and Object.prototype polluted. */
async function polluted(pollution, body, { enumerable = true } = {}) {
  const source = `
    import assert from 'node:assert/strict';
    import * as cts from 'cts-tracker';
    for (const [name, value] of Object.entries(${pollution}))
      Object.defineProperty(Object.prototype, name, { value, enumerable: ${enumerable}, configurable: true, writable: true });
    ${body}
  `;
  await run(process.execPath, ['--input-type=module', '--eval', source], { cwd: new URL('../..', import.meta.url) });
}

const FIELDS = `{ tracker_type: 'system', tracker_name: 'system', kms_id: 'polluted', data_bucket: { data_bucket_name: 'b' },
  buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }], bucket_name: 'polluted', bucket_location: 'cn-north-1',
  is_support_trace_files_encryption: true }`;

for (const enumerable of [true, false]) {
  const named = enumerable ? 'enumerable' : 'hidden';
  test(`${named} inherited fields are not read from a request`, () =>
    polluted(
      FIELDS,
      `
      const codes = ({ issues = [] }) => issues.map(({ code, path }) => [code, ...path].join(' '));
      assert.deepEqual(codes(cts.validateCreateTracker({})), ['required tracker_type']);
      assert.deepEqual(codes(cts.validateCheckObsBuckets({ buckets: [{}] })), ['required buckets 0 bucket_name', 'required buckets 0 bucket_location']);
      const filled = '{"tracker_type":"system","tracker_name":"system"}';
      assert.equal(JSON.stringify(cts.validateCreateTracker({ tracker_type: 'system' }).value), filled);
      assert.deepEqual(codes(cts.validateCreateTrackerForm({})), ['required tracker_type']);
      let sent;
      const fetch = async (url, init) => {
        sent = init.body;
        return new Response('{"tracker_name":"system","tracker_type":"system"}', { status: 201, headers: {} });
      };
      const client = cts.createCtsClient({ baseUrl: 'http://localhost', projectId: 'p', fetch, headers: [] });
      await client.createTracker({ tracker_type: 'system' });
      assert.equal(sent, filled);
      await client.createTracker({ tracker_type: 'system' }, { validate: false });
      assert.equal(sent, '{"tracker_type":"system"}');
      `,
      { enumerable },
    ));
}

test('inherited options are not options', () =>
  polluted(
    `{ baseUrl: 'http://evil.example', projectId: 'evil', validate: false, locale: 'no locale', timeoutMs: 'never',
       retry: 5, onEvent: 5, tryTimeoutMs: 'x', maxRetries: 99, forCreation: true, trackerType: 'system',
       encrypted: true, style: 'pointer', libraryOptions: { locale: 'x' }, concurrency: 'x', batchSize: 0, onProgress: 5 }`,
    `
    assert.throws(() => cts.createCtsClient({}), /baseUrl must be/);
    let sent;
    const fetch = async (url, init) => {
      sent = [url, init.body];
      return new Response('{"tracker_name":"system","tracker_type":"system"}', { status: 201, headers: {} });
    };
    const client = cts.createCtsClient({ baseUrl: 'http://localhost', fetch });
    await assert.rejects(client.createTracker({ tracker_type: 'system' }), /projectId/);
    await assert.rejects(client.createTracker({ tracker_type: 'no' }, { projectId: 'p' }), { kind: 'validation' });
    assert.equal(sent, undefined);
    await client.createTracker({ tracker_type: 'system' }, { projectId: 'p' });
    assert.deepEqual(sent, ['http://localhost/v3/p/tracker', '{"tracker_type":"system","tracker_name":"system"}']);
    assert.equal(cts.validateTrackerName('data-tracker', {}).issues, undefined);
    assert.equal(cts.validateKmsId(undefined, {}).issues, undefined);
    const { issues } = cts.createTrackerSchema['~standard'].validate({ tracker_type: 'data', data_bucket: {} }, {});
    assert.ok(issues);
    assert.ok('data_bucket.data_bucket_name' in cts.toFieldErrors(issues, {}), Object.keys(cts.toFieldErrors(issues, {})).join());
    `,
  ));

test('inherited headers are not sent', () =>
  polluted(
    `{ headers: { 'x-evil': '1' } }`,
    `
    let sent;
    const fetch = async (url, init) => {
      sent = [...Object.keys(init.headers), ...new Request(url, init).headers.keys()];
      return new Response('{"tracker_name":"system","tracker_type":"system"}', { status: 201, headers: {} });
    };
    const client = cts.createCtsClient({ baseUrl: 'http://localhost', projectId: 'p', fetch });
    await client.createTracker({ tracker_type: 'system' }, {});
    assert.ok(!sent.includes('x-evil'), sent.join());
    `,
  ));

test('an error has only its own details', () =>
  polluted(
    `{ cause: 'evil', sent: 'yes', attempts: 9, status: 500, errorCode: 'evil', mayAlreadyExist: true, issues: [] }`,
    `
    const error = new cts.CtsError('network', 'a');
    assert.deepEqual(error.toJSON(), Object.assign(Object.create(Object.prototype), {
      name: 'CtsError', kind: 'network', message: 'a', sent: 'no', attempts: 0,
    }));
    assert.equal(Object.hasOwn(error, 'cause'), false);
    `,
  ));
