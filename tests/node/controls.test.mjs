// The values of plain HTML forms, and invalid options of schemas.
import assert from 'node:assert/strict';
import test from 'node:test';
import {
  checkObsBucketsFormSchema,
  constraintsFor,
  createTrackerFormSchema,
  fieldState,
  formatPath,
  kmsIdSchema,
  limits,
  validateCreateTracker,
  withOptions,
} from 'cts-tracker';

// The entries of `new FormData(form)` if the names of the controls are paths.
const CONTROLS = [
  ['tracker_type', 'data'],
  ['tracker_name', 'a'],
  ['obs_info.bucket_name', 'abc'],
  ['obs_info[bucket_lifecycle]', '30'],
  ['data_bucket.data_bucket_name', 'def'],
  ['data_bucket.data_event', 'READ'],
  ['data_bucket.data_event', 'WRITE'],
  ['management_event_selector.exclude_service[]', 'KMS'],
];
const BODY = {
  tracker_type: 'data',
  tracker_name: 'a',
  management_event_selector: { exclude_service: ['KMS'] },
  obs_info: { bucket_name: 'abc', bucket_lifecycle: 30 },
  data_bucket: { data_bucket_name: 'def', data_event: ['READ', 'WRITE'] },
};
const controls = (entries, Form = FormData) => {
  const form = new Form();
  for (const [name, value] of entries) form.append(name, value);
  return form;
};
const sent = (schema, values) => {
  const { value, issues } = schema['~standard'].validate(values);
  return issues ? Object.fromEntries(issues.map(({ path, code }) => [path.join('.'), code])) : value;
};

test('a plain HTML form: FormData, URLSearchParams, and an object of either', () => {
  for (const Form of [FormData, URLSearchParams])
    assert.deepEqual(sent(createTrackerFormSchema, controls(CONTROLS, Form)), BODY);
  const once = CONTROLS.filter(([, value]) => value !== 'READ');
  const wanted = { ...BODY, data_bucket: { ...BODY.data_bucket, data_event: ['WRITE'] } };
  assert.deepEqual(sent(createTrackerFormSchema, Object.fromEntries(controls(once))), wanted);
  const rows = [
    ['buckets.0.bucket_name', 'abc'],
    ['buckets.0.bucket_location', 'x-1'],
    ['buckets[1].bucket_name', 'ABC'],
    ['buckets[1].bucket_location', 'x-1'],
  ];
  assert.deepEqual(sent(checkObsBucketsFormSchema, controls(rows)), { 'buckets.1.bucket_name': 'invalid_character' });
  assert.equal(fieldState(controls([['tracker_type', 'system']])).data_bucket.applies, false);
  // A request has no such names.
  assert.equal(
    validateCreateTracker({ tracker_type: 'system', 'obs_info.bucket_name': 'A' }).warnings[0].code,
    'unknown_key',
  );
});

test('a group or a row that the form does not hold: errors are at its fields', () => {
  const tracked = { 'data_bucket.data_bucket_name': 'required', 'data_bucket.data_event': 'required' };
  for (const group of [{}, { data_bucket: undefined }, { data_bucket: null }, { data_bucket: '' }, { data_bucket: {} }])
    assert.deepEqual(sent(createTrackerFormSchema, { tracker_type: 'data', tracker_name: 'a', ...group }), tracked);
  assert.equal(sent(createTrackerFormSchema, { tracker_type: 'system' }).data_bucket, undefined);
  for (const row of [null, undefined, {}])
    assert.deepEqual(sent(checkObsBucketsFormSchema, { buckets: [row] }), {
      'buckets.0.bucket_name': 'required',
      'buckets.0.bucket_location': 'required',
    });
  // Other values are as wrong as in a request.
  assert.deepEqual(sent(checkObsBucketsFormSchema, { buckets: [7] }), { 'buckets.0': 'invalid_type' });
});

test('contradictory names of controls lose no value and reach no prototype', () => {
  const validate = (values) => validateCreateTracker(sent(createTrackerFormSchema, values));
  assert.deepEqual(
    sent(createTrackerFormSchema, {
      tracker_type: 'system',
      obs_info: { bucket_name: 'abc' },
      'obs_info.bucket_name': 'A',
    }).obs_info,
    { bucket_name: 'abc' },
  );
  assert.deepEqual(
    sent(
      createTrackerFormSchema,
      controls([
        ['tracker_type', 'system'],
        ['obs_info.bucket_name.x', '1'],
        ['obs_info.bucket_name', 'abc'],
      ]),
    ),
    { 'obs_info.bucket_name': 'invalid_type' },
  );
  for (const name of [
    '__proto__.tracker_type',
    'constructor.prototype.x',
    'toString.x',
    'a.__proto__',
    'buckets.4294967295.x',
    'x[0].length',
    'x.0.y',
    'x[]',
    '.',
    'a..b',
  ]) {
    assert.equal(validate({ tracker_type: 'system', [name]: '1' }).value.tracker_name, 'system', name);
    assert.equal(
      validate(
        controls([
          ['tracker_type', 'system'],
          [name, '1'],
        ]),
      ).value.tracker_name,
      'system',
      name,
    );
  }
  assert.equal({}.tracker_type, undefined);
  const file = controls([['tracker_type', 'system']]);
  file.append('obs_info.bucket_name', new Blob(['x']), 'x.txt');
  assert.deepEqual(sent(createTrackerFormSchema, file), { 'obs_info.bucket_name': 'invalid_type' });
  const throwing = {
    tracker_type: 'system',
    get 'obs_info.bucket_name'() {
      throw new Error('no');
    },
  };
  assert.deepEqual(sent(createTrackerFormSchema, throwing), { '': 'not_object' });
});

test('invalid options throw when the schema is made', () => {
  for (const options of [{ locale: 'zh' }, { trackerType: 'q' }, { encrypted: 'yes' }, { forCreation: 1 }, 5]) {
    assert.throws(() => withOptions(kmsIdSchema, options), TypeError);
  }
  assert.throws(() => constraintsFor(), { name: 'TypeError', message: /^path must be an array of steps/ });
  assert.throws(() => formatPath(), { name: 'TypeError', message: /^path must be an array of steps/ });
});

test('limits and constraints cannot be changed', () => {
  assert.throws(() => limits.trackerType.values.push('x'), TypeError);
  assert.throws(() => constraintsFor('obs_info.bucket_lifecycle').values.push(7), TypeError);
  assert.throws(() => {
    limits.bucketName.max = 1;
  }, TypeError);
});
