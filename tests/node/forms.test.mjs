import assert from 'node:assert/strict';
import test from 'node:test';
import { constraintsFor, fieldLabel, formatPath, limits, toFieldErrors, toNestedErrors, zhCN } from 'cts-tracker';
import { internal } from '../support/internal.mjs';

const { parsePath } = await internal('validation/paths.ts');

const at = (path, message) => ({ code: 'required', path, message, params: {}, severity: 'error', rule: 'x.y' });

test('formatPath writes three styles', () => {
  const cases = [
    [[], '', '', ''],
    [['kms_id'], 'kms_id', 'kms_id', '/kms_id'],
    [['obs_info', 'bucket_name'], 'obs_info.bucket_name', 'obs_info.bucket_name', '/obs_info/bucket_name'],
    [['buckets', 0, 'kms_id'], 'buckets.0.kms_id', 'buckets[0].kms_id', '/buckets/0/kms_id'],
    [
      ['data_bucket', 'data_event', 12],
      'data_bucket.data_event.12',
      'data_bucket.data_event[12]',
      '/data_bucket/data_event/12',
    ],
    [['a/b~c'], 'a/b~c', 'a/b~c', '/a~1b~0c'],
    [['obs_info', 'a.b'], 'obs_info.a.b', 'obs_info["a.b"]', '/obs_info/a.b'],
    [['a"]'], 'a"]', '["a\\"]"]', '/a"]'],
    [['', '0'], '.0', '[""]["0"]', '//0'],
    [['桶'], '桶', '桶', '/桶'],
  ];
  for (const [path, dot, bracket, pointer] of cases) {
    assert.equal(formatPath(path, 'dot'), dot);
    assert.equal(formatPath(path), dot);
    assert.equal(formatPath(path, 'bracket'), bracket);
    assert.equal(formatPath(path, 'pointer'), pointer);
  }
  assert.throws(() => formatPath([], 'xpath'), { name: 'TypeError', message: /'dot', 'bracket' or 'pointer'/ });
  assert.deepEqual(parsePath('buckets[0].kms_id'), ['buckets', '0', 'kms_id']);
  assert.deepEqual(parsePath('buckets.0.kms_id'), ['buckets', '0', 'kms_id']);
  assert.deepEqual(parsePath(''), []);
});

test('errors by field', () => {
  const issues = [
    at([], 'whole'),
    at(['buckets', 0, 'bucket_name'], 'one'),
    at(['kms_id'], 'two'),
    at(['buckets', 0, 'bucket_name'], 'three'),
    at(['__proto__'], 'four'),
    at(['constructor'], 'five'),
  ];
  assert.deepEqual(Object.entries(toFieldErrors(issues)), [
    ['', ['whole']],
    ['buckets.0.bucket_name', ['one', 'three']],
    ['kms_id', ['two']],
    ['__proto__', ['four']],
    ['constructor', ['five']],
  ]);
  assert.deepEqual(Object.keys(toFieldErrors(issues, { style: 'bracket' }))[1], 'buckets[0].bucket_name');
  assert.deepEqual(Object.keys(toFieldErrors(issues, { style: 'pointer' }))[1], '/buckets/0/bucket_name');
  assert.deepEqual(toFieldErrors([]), {});
  assert.deepEqual(toFieldErrors(undefined), {}, 'accepts the undefined issues of a valid result');
});

test('errors in the shape of the value', () => {
  assert.deepEqual(
    toNestedErrors([at(['obs_info', 'bucket_name'], 'a'), at(['obs_info', 'bucket_name'], 'b'), at(['kms_id'], 'c')]),
    { obs_info: { bucket_name: 'a' }, kms_id: 'c' },
  );
  const list = toNestedErrors([at(['buckets', 2, 'kms_id'], 'a'), at(['buckets', 0], 'b')]);
  assert.ok(Array.isArray(list.buckets));
  assert.equal(list.buckets.length, 3);
  assert.equal(list.buckets[0], 'b');
  assert.deepEqual(list.buckets[2], { kms_id: 'a' });
  assert.deepEqual(toNestedErrors([at([], 'whole'), at(['kms_id'], 'a')]), { '': 'whole', kms_id: 'a' });
  // A message of an object and one of its field, in either order.
  assert.deepEqual(toNestedErrors([at(['obs_info'], 'whole'), at(['obs_info', 'kms_id'], 'part')]), {
    obs_info: { '': 'whole', kms_id: 'part' },
  });
  assert.deepEqual(
    toNestedErrors([at(['obs_info', 'kms_id'], 'part'), at(['obs_info'], 'whole'), at(['obs_info'], 'more')]),
    { obs_info: { '': 'whole', kms_id: 'part' } },
  );
  assert.deepEqual(toNestedErrors(undefined), {});
});

test('unknown keys cannot reach a prototype', () => {
  const errors = toNestedErrors([
    at(['__proto__', 'polluted'], 'x'),
    at(['constructor', 'prototype', 'polluted'], 'y'),
    at(['obs_info', '__proto__', 'polluted'], 'z'),
  ]);
  assert.equal({}.polluted, undefined);
  assert.equal(Object.polluted, undefined);
  assert.equal(Object.getOwnPropertyDescriptor(errors, '__proto__').value.polluted, 'x');
  assert.equal(errors.constructor.prototype.polluted, 'y');
  assert.equal(Object.getPrototypeOf(errors), Object.prototype);
});

test('constraints of each field', () => {
  const bucket = { minLength: 3, maxLength: 63, pattern: limits.bucketName.pattern };
  assert.deepEqual(constraintsFor('obs_info.bucket_name'), bucket);
  assert.deepEqual(constraintsFor('data_bucket.data_bucket_name'), bucket);
  assert.deepEqual(constraintsFor('buckets[3].bucket_name'), { required: true, ...bucket });
  assert.deepEqual(constraintsFor(['buckets', 3, 'bucket_name']), { required: true, ...bucket });
  assert.deepEqual(constraintsFor('tracker_type'), { required: true, values: ['system', 'data'] });
  assert.deepEqual(constraintsFor('obs_info.bucket_lifecycle'), {
    inputMode: 'numeric',
    values: [30, 60, 90, 180, 1095],
  });
  assert.deepEqual(constraintsFor('obs_info.file_prefix_name'), {
    maxLength: 64,
    pattern: limits.filePrefixName.pattern,
  });
  assert.deepEqual(constraintsFor('tracker_name'), {
    minLength: 1,
    maxLength: 32,
    pattern: limits.trackerName.pattern,
  });
  assert.deepEqual(constraintsFor('project_id'), {
    required: true,
    minLength: 1,
    maxLength: 64,
    pattern: limits.projectId.pattern,
  });
  assert.deepEqual(constraintsFor('data_bucket.data_event'), { values: ['READ', 'WRITE'] });
  // A pattern for a warning would keep the browser from sending the form.
  assert.deepEqual(constraintsFor('kms_id'), {});
  assert.deepEqual(constraintsFor('buckets.0.bucket_location'), { required: true });
  for (const path of ['', [], 'is_lts_enabled', 'nope', '__proto__', 'constructor', 'obs_info.toString']) {
    assert.deepEqual(constraintsFor(path), {});
  }
});

test('patterns compile as HTML compiles them, and agree with the limits', () => {
  for (const [name, { pattern, min, max }] of Object.entries(limits)) {
    if (pattern === undefined) continue;
    const html = new RegExp(`^(?:${pattern})$`, 'v');
    if (max === undefined) continue;
    const long = 'a'.repeat(max);
    assert.ok(html.test(long) && !html.test(`${long}a`), name);
    assert.ok(html.test('a'.repeat(Math.max(min, 1))), name);
    assert.equal(html.test('a'.repeat(min - 1 < 0 ? max + 1 : min - 1)), false, name);
  }
  const bucket = new RegExp(`^(?:${limits.bucketName.pattern})$`, 'v');
  for (const good of ['abc', '0-a', 'a.b', 'a--']) assert.ok(bucket.test(good), good);
  for (const bad of ['ab', '-ab', '.ab', 'aBc', 'a_b', 'a b', 'a\nb', 'abc\n', '桶桶桶', 'a,b', 'a+b', 'a/b']) {
    assert.ok(!bucket.test(bad), bad);
  }
  assert.ok(new RegExp(`^(?:${limits.kmsId.pattern})$`, 'v').test('13a4207c-7abe-4b68-8510-16b84c3b5504'));
  assert.ok(new RegExp(`^(?:${limits.bucketLocation.pattern})$`, 'v').test('eu-west-101'));
});

test('the labels of the fields', () => {
  assert.equal(fieldLabel('tracker_type'), 'Tracker type');
  assert.equal(fieldLabel('tracker_type', zhCN), '追踪器类型');
  assert.notEqual(fieldLabel('obs_info.bucket_name'), fieldLabel('data_bucket.data_bucket_name'));
  for (const path of ['', 'nope', '__proto__', undefined, 7])
    assert.throws(() => fieldLabel(path), { name: 'TypeError', message: /^path must be a field/ });
});
