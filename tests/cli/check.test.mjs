// cts-tracker check.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { en, formatServiceCode, zhCN } from 'cts-tracker';
import { closedUrl, cts, DOMAIN, file, KEYS, linesOf, objectsOf, service, start } from './support.mjs';

const env = KEYS;
const bucket = (name) => ({ bucket_name: name, bucket_location: 'cn-north-1' });
const many = (count) => Array.from({ length: count }, (_, i) => bucket(`bucket-${i}`));
const existing = (count) => many(count).map(({ bucket_name: name, bucket_location: location }) => ({ name, location }));

test('prints a row for each bucket, in the order of the file', async () => {
  const { direct } = await service();
  const path = file([bucket('bucket1'), bucket('bucket2'), bucket('test-data-tracker'), { bucket_name: 'X' }]);
  const { code, stdout, stderr } = await cts(['check', path, ...direct], { env });
  assert.equal(code, 1);
  const rows = linesOf(stdout);
  assert.match(rows[0], /:4 +error +bucket_name +too_short/);
  assert.match(rows.at(-3), /:1 +ok +bucket1 +cn-north-1$/);
  assert.match(rows.at(-2), /:2 +failed +bucket2 +cn-north-1 +OBS\.NoSuchBucket/);
  assert.match(rows.at(-1), /:3 +ok +test-data-tracker/);
  assert.equal(stderr, '2 ok, 1 failed, 0 unknown, 1 invalid, 0 not checked\n');
  const quiet = await cts(['check', path, ...direct, '--quiet'], { env });
  assert.doesNotMatch(quiet.stdout, / ok /);
});

test('checks thousands of buckets in batches, and writes only the results to a pipe', async () => {
  const { direct, emulator } = await service({ buckets: existing(1000) });
  const { code, stdout, stderr } = await cts(['check', file(many(1000)), ...direct, '--json', '--batch-size', 100], {
    env,
  });
  assert.deepEqual([code, stderr], [0, '']);
  const objects = objectsOf(stdout);
  assert.deepEqual(
    objects.slice(0, -1).map(({ line, bucket_name: name, outcome }) => [line, name, outcome]),
    many(1000).map(({ bucket_name: name }, i) => [i + 1, name, 'passed']),
  );
  assert.equal(objects.at(-1).passed, 1000);
  assert.equal(emulator.state().requestCount, 10);
});

test('keeps the results of the other batches when one fails', async () => {
  const { direct } = await service({ buckets: existing(6), faults: [{ kind: 400, nth: 2 }] });
  const { code, stdout } = await cts(
    ['check', file(many(6)), ...direct, '--json', '--batch-size', 2, '--concurrency', 1],
    { env },
  );
  assert.equal(code, 3);
  assert.deepEqual(
    objectsOf(stdout)
      .slice(0, -1)
      .map(({ outcome }) => outcome),
    ['passed', 'passed', 'unreachable', 'unreachable', 'passed', 'passed'],
  );
});

test('reads JSON and YAML, and whole request bodies', async () => {
  const { direct } = await service();
  for (const path of [
    file(JSON.stringify({ buckets: [bucket('bucket1'), bucket('bucket2')] }), 'request.json'),
    file(
      '- {bucket_name: bucket1, bucket_location: cn-north-1}\n- {bucket_name: bucket2, bucket_location: cn-north-1}\n',
      'list.yaml',
    ),
  ]) {
    const { code, stdout } = await cts(['check', path, ...direct, '--json'], { env });
    assert.deepEqual(
      [
        code,
        objectsOf(stdout)
          .slice(0, -1)
          .map(({ outcome }) => outcome),
      ],
      [1, ['passed', 'failed']],
    );
  }
});

test('exits with 3 without a network', async () => {
  const { code, stdout } = await cts([
    'check',
    file(many(2)),
    '--base-url',
    await closedUrl(),
    '--domain-id',
    DOMAIN,
    '--json',
  ]);
  assert.equal(code, 3);
  assert.deepEqual(
    objectsOf(stdout)
      .slice(0, -1)
      .map(({ kind }) => kind),
    ['network', 'network'],
  );
});

test('exits with 3 for wrong keys, and shows the reason', async () => {
  const { direct } = await service();
  const { code, stdout, stderr } = await cts(['check', file(many(2)), ...direct], {
    env: { ...env, HUAWEICLOUD_SDK_SK: 'canary-of-a-wrong-secret' },
  });
  assert.equal(code, 3);
  assert.match(stdout, /auth|APIGW\.0301/);
  assert.doesNotMatch(stdout + stderr, /canary/);
});

test('prints the results so far on Ctrl-C', async () => {
  const { direct, emulator } = await service({ buckets: existing(400), latencyMs: 150 });
  const run = start(['check', file(many(400)), ...direct, '--json', '--batch-size', 10, '--concurrency', 1], { env });
  while (emulator.state().requestCount < 4)
    await new Promise((done) => {
      setTimeout(done, 5);
    });
  run.child.kill('SIGINT');
  const { code, stdout } = await run.ended;
  assert.equal(code, 130);
  const summary = objectsOf(stdout).at(-1);
  assert.ok(summary.interrupted && summary.passed >= 20 && summary.unchecked > 0, JSON.stringify(summary));
  assert.equal(summary.passed + summary.unchecked, 400);
});

test('needs no account and no network with --emulator', async () => {
  const { code, stdout } = await cts(['check', '-', '--emulator', '--json'], {
    input: `${JSON.stringify(bucket('bucket1'))}\n`,
  });
  assert.deepEqual([code, objectsOf(stdout)[0].outcome], [0, 'passed']);
});

test('the emulator has the buckets and keys of the file, each bucket in one location', async () => {
  const key = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
  const mine = {
    bucket_name: 'my-own-bucket',
    bucket_location: 'cn-north-4',
    is_support_trace_files_encryption: true,
    kms_id: key,
  };
  const path = file([mine, { bucket_name: 'bucket1', bucket_location: 'eu-west-0' }]);
  const { code, stdout } = await cts(['check', path, '--emulator', '--json']);
  assert.deepEqual(
    [
      code,
      objectsOf(stdout)
        .slice(0, -1)
        .map(({ outcome }) => outcome),
    ],
    [0, ['passed', 'passed']],
  );
  const twice = await cts(['check', file([mine, { ...mine, bucket_location: 'cn-north-1' }]), '--emulator', '--json']);
  assert.deepEqual(
    [
      twice.code,
      objectsOf(twice.stdout)
        .slice(0, -1)
        .map(({ outcome }) => outcome),
    ],
    [1, ['passed', 'failed']],
  );
});

test('explains known codes in the chosen language, and adds the sentence of the service', async () => {
  const { direct } = await service();
  const path = file([
    bucket('no-such-bucket'),
    { ...bucket('bucket1'), is_support_trace_files_encryption: true, kms_id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee' },
  ]);
  const raw = 'Error message:Request Error.OBS service Error Message.';
  for (const texts of [en, zhCN]) {
    const locale = texts.code;
    const meaning = formatServiceCode('OBS.NoSuchBucket', texts);
    const { code, stdout } = await cts(['check', path, ...direct, '--locale', locale], { env });
    const [known, unknown] = linesOf(stdout);
    assert.equal(code, 1);
    const says = { en: 'The service says: ', 'zh-CN': '服务返回：' }[locale];
    assert.ok(known.endsWith(`OBS.NoSuchBucket  ${meaning}  ${says}${raw}`), known);
    assert.ok(unknown.endsWith(`OBS.KMS.NotFoundException  ${says}${raw}`), unknown);
    const [answer] = objectsOf((await cts(['check', path, ...direct, '--locale', locale, '--json'], { env })).stdout);
    assert.deepEqual([answer.error_code, answer.message, answer.error_msg], ['OBS.NoSuchBucket', meaning, raw]);
  }
});
