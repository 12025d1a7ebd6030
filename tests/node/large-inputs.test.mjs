// Validators return a result for inputs of any size, in time that grows with the size.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cts from 'cts-tracker';
import { isValidation, VALIDATORS, validateAll } from './support/validators.mjs';

for (const size of [1_000_000, 10_000_000]) {
  test(`strings of ${size / 1e6} MB`, () => {
    const texts = {
      ascii: 'a'.repeat(size),
      dots: '.'.repeat(size),
      wide: '桶'.repeat(size / 4),
      pairs: '\u{1f41f}'.repeat(size / 4),
      lone: '\ud800'.repeat(size / 4),
      lastIsWrong: `${'a'.repeat(size - 1)}_`,
    };
    for (const text of Object.values(texts)) {
      for (const validate of Object.values(VALIDATORS)) isValidation(validate(text));
      const { issues } = cts.validateBucketName(text);
      assert.deepEqual([issues[0].code, issues[0].params.actual], ['too_long', [...text].length]);
      for (const result of [
        cts.validateCreateTracker({
          tracker_type: text,
          [text]: 1,
          obs_info: { bucket_name: text, [text]: 1 },
          kms_id: text,
        }),
        cts.validateCheckObsBuckets({
          buckets: [{ bucket_name: text, bucket_location: text, kms_id: text, [text]: text }],
        }),
      ]) {
        isValidation(result);
        for (const issue of [...result.issues, ...result.warnings])
          assert.ok(issue.message.length < 600, 'a message does not contain a whole value');
      }
    }
    assert.deepEqual(cts.validateBucketName(texts.lastIsWrong).issues[1].params, { character: '_', index: size - 1 });
  });
}

test('a repeated string', () => {
  const long = 'x'.repeat(20_000);
  const list = [...Array(20_000).fill(long), `${long}y`, long.slice(1), '\ud800'.repeat(300), '\ufffd'.repeat(300)];
  const result = cts.validateCreateTracker({
    tracker_type: 'system',
    management_event_selector: { exclude_service: list },
  });
  isValidation(result);
  assert.equal(result.issues.at(-1).params.more, list.length - 1000);
  // All but the first. A lone surrogate is read as U+FFFD.
  assert.equal(result.warnings.at(-1).params.more, 20_000 - 1 + 1 - 1000);

  const key = 'k'.repeat(1000);
  const ids = cts.validateCheckObsBuckets({
    buckets: [1, 2, 3].map((i) => ({ bucket_name: 'abc', bucket_location: `cn-north-${i}`, kms_id: key, [key]: key })),
  });
  assert.deepEqual(
    ids.value.buckets.map((bucket) => bucket.kms_id),
    [key, key, key],
  );
  assert.deepEqual(
    ids.warnings.filter(({ code }) => code === 'unknown_key').map(({ path }) => path),
    [0, 1, 2].map((i) => ['buckets', i, key]),
  );
});

test('a million invalid items: a thousand issues and the number of the others', () => {
  const { issues } = cts.validateCheckObsBuckets({ buckets: new Array(1_000_000).fill(7) });
  assert.equal(issues.length, 1001);
  assert.deepEqual([issues[1000].code, issues[1000].params.more], ['too_many_issues', 999_000]);
});

test('a million items with the same long string', () => {
  const list = Array(1_000_000).fill('x'.repeat(1000));
  const { issues } = cts.validateCreateTracker({
    tracker_type: 'system',
    management_event_selector: { exclude_service: list },
  });
  assert.deepEqual([issues[0].code, issues.at(-1).params.more], ['invalid_enum', 999_000]);
});

test('a string of 400 MB', () => {
  const { issues } = cts.validateBucketName(`${'x'.repeat(400_000_000)}`);
  assert.deepEqual(issues[0].params, { max: 63, actual: 400_000_000 });
});

test('a million unknown keys', () => {
  const keys = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => [`obs_inf${i}`, i]));
  const began = process.cpuUsage().user;
  const { warnings } = cts.validateCreateTracker(keys);
  const seconds = (process.cpuUsage().user - began) / 1e6;
  assert.deepEqual(warnings.at(-1).params, { more: 999_000 });
  assert.ok(seconds < 10, `${seconds} s`);
});

test('deep nesting is not read', () => {
  let object = {};
  let list = [];
  for (let depth = 0; depth < 1_000_000; depth++) {
    object = { obs_info: object };
    list = [list];
  }
  validateAll(() => object);
  validateAll(() => ({ buckets: list, obs_info: { bucket_name: list }, data_bucket: object }));
  const nested = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
  const report = cts.validateNdjson(
    'createTracker',
    `${nested}\n{"x":${nested},"tracker_type":"system"}\n${'['.repeat(1_000_000)}`,
  );
  assert.deepEqual([report.lines, report.valid, report.invalid], [3, 1, 2]);
  assert.deepEqual(
    report.bad.map(({ issues }) => issues[0].code),
    ['not_object', 'invalid_json'],
  );
});
