import assert from 'node:assert/strict';
import test from 'node:test';
import {
  CtsError,
  constraintsFor,
  createCtsClient,
  createTrackerFormSchema,
  emptyTrackerForm,
  en,
  errorCodes,
  fieldLabel,
  fieldState,
  formatIssue,
  formatPath,
  formatServiceCode,
  limits,
  pruneDraft,
  toFieldErrors,
  toNestedErrors,
  validateBucketName,
  validateCreateTracker,
  validateCreateTrackerForm,
  withOptions,
  zhCN,
} from 'cts-tracker';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { internal } from '../support/internal.mjs';

const { parsePath } = await internal('validation/paths.ts');
const { warningPatterns } = await internal('generated/limits.ts');

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
  const paths = { kmsId: 'kms_id', bucketLocation: 'buckets.0.bucket_location' };
  for (const name of warningPatterns) assert.equal(constraintsFor(paths[name]).pattern, undefined, name);
  assert.equal(constraintsFor('kms_id').required, undefined);
  assert.equal(constraintsFor('buckets.0.bucket_location').required, true);
  assert.deepEqual(constraintsFor('is_lts_enabled'), {});
  assert.deepEqual(constraintsFor('data_bucket.data_event.1'), { values: ['READ', 'WRITE'] });
});

const WRONG_PATHS = [
  '',
  [],
  'nope',
  'bucket_name', // the likely mistake: it is obs_info.bucket_name
  'data_bucket.bucket_name',
  'obs_info.0.bucket_name',
  'tracker_name.0',
  'buckets[0].kmsid',
  'buckets.x.kms_id',
  ['obs_info', 'bucket'],
  '__proto__',
  'constructor',
  'obs_info.toString',
];

test('a path that is not a field throws', () => {
  for (const path of WRONG_PATHS) {
    const error = { name: 'TypeError', message: /^path must be a field, such as obs_info\.bucket_name, not / };
    assert.throws(() => constraintsFor(path), error, String(path));
    assert.throws(() => fieldLabel(path), error, String(path));
  }
  for (const path of [undefined, null, 7, {}]) {
    assert.throws(() => constraintsFor(path), { name: 'TypeError', message: /^path must be an array of steps/ });
    assert.throws(() => fieldLabel(path), { name: 'TypeError', message: /^path must be an array of steps/ });
  }
});

test('patterns compile as HTML compiles them, and agree with the limits', () => {
  for (const [name, { pattern, min, max }] of Object.entries(limits)) {
    if (pattern === undefined) continue;
    const html = new RegExp(`^(?:${pattern})$`, 'v');
    if (max === undefined || warningPatterns.includes(name)) continue;
    const long = 'a'.repeat(max);
    assert.ok(html.test(long) && !html.test(`${long}a`), name);
    assert.ok(html.test('a'.repeat(Math.max(min, 1))), name);
    assert.equal(html.test('a'.repeat(min - 1 < 0 ? max + 1 : min - 1)), false, name);
  }
  const bucket = new RegExp(`^(?:${limits.bucketName.pattern})$`, 'v');
  for (const good of ['abc', '0-a', 'a.b', 'a-0.b']) assert.ok(bucket.test(good), good);
  for (const bad of ['ab', '-ab', '.ab', 'aBc', 'a_b', 'a b', 'a\nb', 'abc\n', '桶桶桶', 'a,b', 'a+b', 'a/b']) {
    assert.ok(!bucket.test(bad), bad);
  }
  assert.ok(new RegExp(`^(?:${limits.kmsId.pattern})$`, 'v').test('13a4207c-7abe-4b68-8510-16b84c3b5504'));
  assert.ok(new RegExp(`^(?:${limits.bucketLocation.pattern})$`, 'v').test('eu-west-101'));
});

test('the labels of the fields', () => {
  assert.equal(fieldLabel('tracker_type'), 'Tracker type');
  assert.equal(fieldLabel('tracker_type', zhCN), '追踪器类型');
  assert.equal(fieldLabel('obs_info.bucket_name'), 'OBS bucket name');
  assert.equal(fieldLabel('obs_info.bucket_name', zhCN), 'OBS桶名称');
  assert.notEqual(fieldLabel('obs_info.bucket_name'), fieldLabel('data_bucket.data_bucket_name'));
  assert.equal(fieldLabel('buckets[3].kms_id'), 'KMS key ID');
  assert.equal(fieldLabel(['data_bucket', 'data_event', 0]), 'Operations to record');
});

test('the messages of the two buckets differ', () => {
  const issuesOf = (name, locale) =>
    validateCreateTrackerForm(
      {
        tracker_type: 'data',
        tracker_name: 'a',
        obs_info: { bucket_name: name, is_obs_created: true },
        data_bucket: { data_bucket_name: name, data_event: ['READ'] },
      },
      { locale },
    );
  for (const locale of [en, zhCN]) {
    for (const name of ['', 'a', 'a'.repeat(64), 'aBc', '-ab', 'ab-', '1.2.3.4']) {
      const { issues = [], warnings } = issuesOf(name, locale);
      const by = (field) =>
        [...issues, ...warnings].filter(({ path, code }) => path[1] === field && code !== 'must_differ');
      const [transfer, tracked] = [by('bucket_name'), by('data_bucket_name')];
      assert.ok(transfer.length > 0, name);
      for (const { code, message } of transfer) {
        const other = tracked.find((issue) => issue.code === code);
        assert.notEqual(message, other.message);
        assert.equal(formatIssue(other, locale), other.message);
      }
    }
  }
  const messages = issuesOf('', zhCN).issues.map(({ message }) => message);
  assert.deepEqual(messages, ['请输入转储的OBS桶名称。', '请输入被追踪的OBS桶名称。']);
  // Alternating requests do not mix the messages up.
  assert.deepEqual(
    [1, 2].map(() => issuesOf('', en).issues.map(({ message }) => message)),
    Array(2).fill([
      'Enter the name of the bucket that traces are transferred to.',
      'Enter the name of the bucket to track.',
    ]),
  );
  assert.equal(validateBucketName(undefined).issues[0].message, 'Enter an OBS bucket name.');
  const own = { ...en, messages: { ...en.messages, 'must_differ:data_bucket.data_bucket_name': 'mine' } };
  assert.equal(issuesOf('abc', own).issues[0].message, 'mine');
});

test('a retention period in quotes: a number is wanted, not text', () => {
  const { issues } = validateCreateTracker({ tracker_type: 'system', obs_info: { bucket_lifecycle: '30' } });
  assert.equal(issues[0].message, 'The retention period must be a whole number of days, such as 30, not text.');
});

test('an empty form', () => {
  assert.deepEqual(emptyTrackerForm(), {
    tracker_type: '',
    tracker_name: '',
    is_lts_enabled: false,
    is_organization_tracker: false,
    management_event_selector: { exclude_service: [] },
    obs_info: {
      bucket_name: '',
      file_prefix_name: '',
      is_obs_created: false,
      bucket_lifecycle: '',
      compress_type: '',
      is_sort_by_service: true,
    },
    is_support_trace_files_encryption: false,
    kms_id: '',
    is_support_validate: false,
    data_bucket: { data_bucket_name: '', data_event: [] },
    agency_name: '',
  });
  emptyTrackerForm().data_bucket.data_event.push('READ');
  assert.deepEqual(emptyTrackerForm('data').data_bucket.data_event, [], 'each call returns a new object');
  assert.deepEqual(validateCreateTrackerForm(emptyTrackerForm('system')).value, {
    tracker_type: 'system',
    tracker_name: 'system',
    is_lts_enabled: false,
    is_organization_tracker: false,
    is_support_trace_files_encryption: false,
    is_support_validate: false,
  });
  const transfer = emptyTrackerForm('system');
  transfer.obs_info.bucket_name = 'abc';
  assert.equal(validateCreateTrackerForm(transfer).value.obs_info.is_sort_by_service, true, 'as the service does');
  transfer.obs_info.is_sort_by_service = false;
  assert.equal(validateCreateTrackerForm(transfer).value.obs_info.is_sort_by_service, false);
  assert.deepEqual(
    validateCreateTrackerForm(emptyTrackerForm()).issues.map(({ path }) => path.join('.')),
    ['tracker_type'],
  );
  for (const type of ['System', '', 7, {}])
    assert.throws(() => emptyTrackerForm(type), {
      name: 'TypeError',
      message: /^trackerType must be 'system' or 'data'/,
    });
});

const DATA = {
  ...emptyTrackerForm('data'),
  tracker_name: 'a',
  is_organization_tracker: true,
  kms_id: 'x',
  obs_info: { ...emptyTrackerForm().obs_info, bucket_lifecycle: '7' },
  data_bucket: { data_bucket_name: 'A', data_event: ['x'] },
};

test('pruneDraft removes the fields that do not apply, and the draft keeps them', () => {
  const draft = structuredClone({ ...DATA, tracker_type: 'system' });
  const pruned = pruneDraft(draft);
  assert.deepEqual(draft, { ...DATA, tracker_type: 'system' });
  assert.ok(validateCreateTrackerForm(draft).issues.length >= 2);
  assert.deepEqual(validateCreateTrackerForm(pruned), {
    value: {
      tracker_type: 'system',
      tracker_name: 'system',
      is_lts_enabled: false,
      is_organization_tracker: true,
      is_support_trace_files_encryption: false,
      is_support_validate: false,
    },
    warnings: [],
  });
  // Each field that applies is there with its value, each other one is absent.
  const read = (values, path) => path.split('.').reduce((inside, step) => inside?.[step], values);
  for (const values of [DATA, draft, emptyTrackerForm(), emptyTrackerForm('system')]) {
    const kept = pruneDraft(values);
    for (const [path, { applies }] of Object.entries(fieldState(values))) {
      if (!applies) assert.equal(read(kept, path), undefined, path);
      else if (typeof read(values, path) !== 'object') assert.equal(read(kept, path), read(values, path), path);
    }
    assert.ok(Object.values(fieldState(kept)).length === 20);
  }
  // On the way back, what was typed is there again.
  assert.deepEqual(pruneDraft({ ...draft, tracker_type: 'data' }).data_bucket, DATA.data_bucket);
});

test('pruneDraft returns the shape of the draft', () => {
  const entries = [
    ['tracker_type', 'system'],
    ['data_bucket.data_event[]', 'READ'],
    ['data_bucket[data_bucket_name]', 'x'],
    ['obs_info.bucket_name', 'abc'],
    ['obs_info[bucket_lifecycle]', '30'],
    ['kms_id', 'x'],
  ];
  const kept = [
    ['tracker_type', 'system'],
    ['obs_info.bucket_name', 'abc'],
  ];
  for (const Form of [FormData, URLSearchParams]) {
    const controls = new Form();
    for (const [name, value] of entries) controls.append(name, value);
    const pruned = pruneDraft(controls);
    assert.ok(pruned instanceof Form);
    assert.deepEqual([...pruned], kept);
    assert.equal([...controls].length, entries.length);
  }
  const flat = { ...Object.fromEntries(entries), 'obs_info.unknown': 1 };
  assert.deepEqual(pruneDraft(flat), { ...Object.fromEntries(kept), 'obs_info.unknown': 1 });
  assert.equal(pruneDraft({ ...flat, tracker_type: 'data', 'obs_info.x': 1 })['obs_info[bucket_lifecycle]'], '30');
  // The names of an item of a list, and a group beside names.
  const mixed = { tracker_type: 'system', 'data_bucket.data_event.0': 'READ', obs_info: { bucket_lifecycle: 30 } };
  assert.deepEqual(pruneDraft(mixed), { tracker_type: 'system', obs_info: {} });
  assert.deepEqual(validateCreateTrackerForm(flat, { prune: true }), validateCreateTrackerForm(pruneDraft(flat)));
  for (const value of [undefined, null, 7, 'x', []]) assert.deepEqual(pruneDraft(value), value);
  assert.equal(pruneDraft({ tracker_type: 'system', data_bucket: 'x' }).data_bucket, undefined);
  const opaque = new (class HTMLFormElement {})();
  assert.equal(validateCreateTrackerForm(pruneDraft(opaque)).issues[0].code, 'not_object');
});

test('a form schema with the option prune ignores the fields that do not apply', () => {
  const draft = { ...DATA, tracker_type: 'system' };
  const wanted = validateCreateTrackerForm(pruneDraft(draft));
  assert.deepEqual(validateCreateTrackerForm(draft, { prune: true }), wanted);
  const schema = withOptions(createTrackerFormSchema, { prune: true });
  assert.deepEqual(schema['~standard'].validate(draft), { value: wanted.value });
  assert.ok(createTrackerFormSchema['~standard'].validate(draft).issues);
  // A group of which nothing is left is not sent; an unknown key is reported as before.
  const empty = { tracker_type: 'system', obs_info: { compress_type: 'gzip' } };
  assert.deepEqual(validateCreateTrackerForm(empty, { prune: true }).value, {
    tracker_type: 'system',
    tracker_name: 'system',
  });
  const unknown = { tracker_type: 'system', obs_info: { compress_type: 'gzip', x: 1 } };
  assert.equal(validateCreateTrackerForm(unknown, { prune: true }).warnings[0].code, 'unknown_key');
  for (const prune of ['yes', 1]) {
    assert.throws(() => validateCreateTrackerForm({}, { prune }), { name: 'TypeError', message: /^prune must be/ });
    assert.throws(() => withOptions(createTrackerFormSchema, { prune }), {
      name: 'TypeError',
      message: /^prune must be/,
    });
  }
  for (const value of [undefined, null, 7, [], new Map()])
    assert.equal(validateCreateTrackerForm(value, { prune: true }).issues[0].code, 'not_object');
});

test('the errors of the service by field', async () => {
  const emulator = createEmulator();
  const proxy = createSigningProxy({
    endpoint: 'http://127.0.0.1:9',
    credentials: sampleCredentials,
    allowedHosts: ['cts.test'],
    fetch: emulator.fetch,
  });
  const client = createCtsClient({
    baseUrl: 'https://cts.test/',
    projectId: 'p',
    fetch: (url, init) => proxy.fetch(new Request(url, init)),
  });
  const failure = (body, options) => client.createTracker(body, options).then(assert.fail, (error) => error);
  const missing = await failure({ tracker_type: 'system', obs_info: { bucket_name: 'missing' } });
  assert.equal(missing.errorCode, 'CTS.0211');
  const { fields } = errorCodes['CTS.0211'];
  assert.ok(fields.includes('obs_info.bucket_name'));
  // The emulator's sentence names the field.
  assert.deepEqual(toFieldErrors(missing), { 'obs_info.bucket_name': [missing.errorMsg] });
  const vague = new CtsError('rejected', 'ours', { errorCode: 'CTS.0211', errorMsg: 'The bucket does not exist.' });
  assert.deepEqual(toFieldErrors(vague), Object.fromEntries(fields.map((field) => [field, [vague.errorMsg]])));
  assert.equal(toNestedErrors(missing).obs_info.bucket_name, missing.errorMsg);
  assert.deepEqual(Object.keys(toFieldErrors(missing, { style: 'pointer' }))[0], '/obs_info/bucket_name');
  for (const locale of [en, zhCN]) {
    const meaning = formatServiceCode('CTS.0211', locale);
    assert.notEqual(meaning, missing.errorMsg);
    assert.deepEqual(toFieldErrors(missing, { locale }), { 'obs_info.bucket_name': [meaning] });
    assert.deepEqual(toFieldErrors(vague, { locale }), Object.fromEntries(fields.map((field) => [field, [meaning]])));
    assert.equal(toNestedErrors(missing, { locale }).obs_info.bucket_name, meaning);
  }
  assert.throws(() => toFieldErrors(missing, { locale: 'zh' }), { name: 'TypeError', message: /^locale must be/ });
  const local = await failure({ tracker_type: 'data' });
  assert.deepEqual(toFieldErrors(local), toFieldErrors(local.issues));
  // No field is known: the message is about the whole.
  const unknown = new CtsError('rejected', 'ours', { errorCode: 'CTS.9999', errorMsg: 'theirs' });
  assert.deepEqual(toFieldErrors(unknown), { '': ['theirs'] });
  assert.deepEqual(toFieldErrors(unknown, { locale: zhCN }), { '': ['theirs'] });
  assert.deepEqual(toNestedErrors(new CtsError('network', 'ours')), { '': 'ours' });
  assert.deepEqual(toFieldErrors(new CtsError('rejected', 'ours', { errorCode: '__proto__' })), { '': ['ours'] });
  assert.throws(() => toFieldErrors(new Error('x')), { name: 'TypeError', message: /^issues must be a list/ });
});
