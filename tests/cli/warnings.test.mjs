// Warnings are shown, and a misspelt key stops what would send the request without it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { BUCKETS, cts, file, KEYS, linesOf, objectsOf, service, tracker } from './support.mjs';

const env = KEYS;
const SYSTEM = { tracker_type: 'system', kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504' };
/** An error in one letter: the tracker would not be encrypted. */
const MISSPELT = { ...SYSTEM, is_support_trace_file_encryption: true };
const bucket = { bucket_name: 'bucket1', bucket_location: 'cn-north-1' };

describe('an unknown key that is near to a known one', () => {
  const cases = {
    create: [[tracker(0), MISSPELT], /:2 +warning +is_support_trace_file_encryption +unknown_key +.*files_encryption/],
    check: [[bucket, { ...bucket, kms_ID: 'x' }], /:2 +warning +kms_ID +unknown_key +.*kms_id/],
  };
  for (const [command, [requests, row]] of Object.entries(cases)) {
    test(`stops ${command} before anything is sent`, async () => {
      for (const path of [file(requests), file(JSON.stringify(requests, null, 1), 'list.json')]) {
        const { direct, emulator } = await service({
          buckets: [...BUCKETS, { name: 'bucket1', location: 'cn-north-1' }],
        });
        const { code, stdout, stderr } = await cts([command, path, ...direct], { env });
        assert.equal(code, 1, stdout + stderr);
        assert.match(stdout, path.endsWith('json') && !path.endsWith('ndjson') ? / warning +\S+ +unknown_key/ : row);
        assert.match(stderr, /Nothing was sent\. .*misspelt: 1\..*--allow-unknown/);
        assert.equal(emulator.state().requestCount, 0);
        assert.ok(!existsSync(`${path}.journal.ndjson`));
        const machine = await cts([command, path, ...direct, '--json'], { env });
        assert.deepEqual([machine.code, objectsOf(machine.stdout).at(-1).misspelt], [1, 1]);
        const allowed = await cts([command, path, ...direct, '--allow-unknown'], { env });
        assert.equal(allowed.code, 0, allowed.stdout + allowed.stderr);
        assert.match(allowed.stdout, / warning +\S+ +unknown_key/);
        assert.ok(emulator.state().requestCount > 0);
      }
    });
  }

  test('a key that is like no other is only shown', async () => {
    const { direct, creations } = await service({ buckets: BUCKETS });
    const { code, stdout } = await cts(['create', file([{ ...tracker(0), comment: 'x' }]), ...direct], { env });
    assert.deepEqual([code, creations().created], [0, 1]);
    assert.match(stdout, /:1 +warning +comment +unknown_key/);
  });

  test('its words count, too', async () => {
    for (const [key, field] of [
      ['compress', 'compress_type'],
      ['compression', 'compress_type'],
      ['compressionType', 'compress_type'],
      ['lifecycle', 'bucket_lifecycle'],
      ['prefix', 'file_prefix_name'],
      ['sort_by_service', 'is_sort_by_service'],
    ]) {
      const body = { tracker_type: 'system', obs_info: { bucket_name: 'abc', [key]: 1 } };
      for (const path of [file([body]), file(JSON.stringify(body), 'one.json')]) {
        const { stdout } = await cts(['validate', path, '--warnings', '--json']);
        assert.deepEqual([key, objectsOf(stdout)[0].warnings[0].params], [key, { suggestion: field }]);
      }
    }
    // Two fields have the word, or none has all words.
    for (const key of ['bucket', 'name', 'compress_level', 'comp', 'is']) {
      const path = file([{ tracker_type: 'system', obs_info: { [key]: 1 } }]);
      const [bad] = objectsOf((await cts(['validate', path, '--warnings', '--json'])).stdout);
      assert.deepEqual([key, bad.warnings[0].params], [key, {}]);
    }
    const buckets = file([{ ...bucket, location: 1, encryption: true }]);
    const [bad] = objectsOf((await cts(['validate', buckets, '--kind', 'checkBucket', '--warnings', '--json'])).stdout);
    assert.deepEqual(
      bad.warnings.map(({ params }) => params.suggestion),
      ['bucket_location', 'is_support_trace_files_encryption'],
    );
  });
});

test('create and check show the warnings of valid requests', async () => {
  const { direct } = await service();
  const unusual = { ...SYSTEM, agency_name: 'cts_admin_trust', kms_id: 'not-a-uuid' };
  const { stdout } = await cts(['create', file([unusual]), ...direct], { env });
  assert.match(stdout, /:1 +warning +kms_id /);
  const odd = await cts(['check', file([{ ...bucket, kms_id: 'not-a-uuid' }]), ...direct], { env });
  assert.match(odd.stdout, /:1 +warning +kms_id /);
});

test('validate says how many warnings it does not show', async () => {
  const path = file([
    { ...SYSTEM, kms_id: 'x', comment: 1 },
    { tracker_type: 'x', comment: 1 },
  ]);
  const shown = linesOf((await cts(['validate', path, '--warnings'])).stdout).filter((row) => / warning /.test(row));
  const { stdout, stderr } = await cts(['validate', path]);
  const left = linesOf(stdout).filter((row) => / warning /.test(row));
  assert.ok(left.length > 0, 'the warnings of an invalid request');
  const hidden = shown.length - left.length;
  assert.ok(hidden >= 2, shown.join('\n'));
  assert.match(stderr, new RegExp(`^Warnings of valid requests that are not shown: ${hidden}\\. Use --warnings`, 'm'));
  assert.equal(objectsOf((await cts(['validate', path, '--json'])).stdout).at(-1).hidden_warnings, hidden);
  assert.doesNotMatch((await cts(['validate', path, '--warnings'])).stderr, /not shown/);
  const list = file(JSON.stringify([{ ...SYSTEM, comment: 1 }]), 'list.json');
  assert.match((await cts(['validate', list])).stderr, /^Warnings of valid requests that are not shown: \d/m);
});
