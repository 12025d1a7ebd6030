import assert from 'node:assert/strict';
import test from 'node:test';
import { bucketNameSchema, checkObsBucketsFormSchema, createTrackerFormSchema, withOptions, zhCN } from 'cts-tracker';
import { fieldRule } from 'cts-tracker/async-validator';
import { toTypedSchema } from 'cts-tracker/vee-validate';

const at = (path, message) => ({ path, message });
const schema = (issues, validated = []) => ({
  '~standard': {
    validate: (value) => {
      validated.push(value);
      return issues ? { issues } : { value: { sent: value } };
    },
  },
});
const messagesOf = async (rule, value) => {
  try {
    return await rule.validator({}, value);
  } catch (messages) {
    return messages;
  }
};

test('a rule reports the errors at its field and inside it', async () => {
  const validated = [];
  const found = schema(
    [at(['a'], '1'), at(['a', 0, 'b'], '2'), at(['ab'], '3'), at([], '4'), at(['a', 0, 'b'], '5')],
    validated,
  );
  const values = () => ({ the: 'form' });
  assert.deepEqual(await messagesOf(fieldRule(found, 'a', values), 'typed'), ['1', '2', '5']);
  assert.deepEqual(await messagesOf(fieldRule(found, 'a[0].b', values)), ['2', '5']);
  assert.deepEqual(await messagesOf(fieldRule(found, ['a', 0], values)), ['2', '5']);
  assert.deepEqual(await messagesOf(fieldRule(found, 'ab', values)), ['3']);
  assert.equal(await messagesOf(fieldRule(found, 'b', values)), undefined);
  assert.deepEqual(validated, Array(5).fill({ the: 'form' }));
});

test('a rule without a path validates only the value', async () => {
  const validated = [];
  assert.deepEqual(await messagesOf(fieldRule(schema([at([], '1'), at([], '2')], validated)), 'typed'), ['1', '2']);
  assert.equal(await messagesOf(fieldRule(schema(undefined, validated)), 'typed'), undefined);
  assert.deepEqual(validated, ['typed', 'typed']);
});

test('a path that is not a field throws, and the error lists the fields', () => {
  const values = () => ({});
  const refused = (schema, path) => {
    try {
      fieldRule(schema, path, values);
    } catch (error) {
      assert.ok(error instanceof TypeError, error.stack);
      return error.message;
    }
    assert.fail(`${path} is accepted`);
  };
  const message = refused(createTrackerFormSchema, 'kmsid');
  assert.match(message, /^fieldRule: "kmsid" is not a field of the schema: use tracker_type, /);
  for (const field of [
    'kms_id',
    'obs_info.bucket_name',
    'data_bucket.data_event',
    'management_event_selector.exclude_service',
  ]) {
    assert.match(message, new RegExp(`, ${field}(, |$)`));
  }
  assert.match(
    refused(checkObsBucketsFormSchema, 'buckets[0].kmsid'),
    /"buckets\.0\.kmsid".*: use buckets, buckets\.0\.bucket_name, /,
  );
  assert.match(refused(bucketNameSchema, 'bucket_name'), /leave the path out$/);
  for (const path of ['bucket_name', ['obs_info', 'bucket'], 'obs_info.0', 'constructor', ['kms_id', 'x']])
    refused(createTrackerFormSchema, path);
  for (const path of [null, 7, () => ({})])
    assert.match(refused(createTrackerFormSchema, path), /^fieldRule: path must be a string/);
  // Objects, list items and the whole value are fields too.
  for (const path of [
    '',
    [],
    'obs_info',
    'data_bucket.data_event[1]',
    ['data_bucket', 'data_event', '0'],
    'data_bucket.data_bucket_name',
  ]) {
    fieldRule(withOptions(createTrackerFormSchema, { locale: zhCN }), path, values);
  }
  fieldRule(checkObsBucketsFormSchema, 'buckets[12].kms_id', values);
});

test('a rule that could not validate throws', () => {
  for (const values of [undefined, null, {}, 'form']) {
    assert.throws(() => fieldRule(createTrackerFormSchema, 'kms_id', values), {
      name: 'TypeError',
      message: /^fieldRule: values must be a function/,
    });
    assert.throws(() => fieldRule(schema(), 'a', values), {
      name: 'TypeError',
      message: /^fieldRule: values must be a function/,
    });
  }
  for (const wrong of [undefined, null, {}, 'kms_id', { '~standard': {} }]) {
    assert.throws(() => fieldRule(wrong), { name: 'TypeError', message: /^fieldRule: schema must be a schema/ });
  }
});

test('a schema for VeeValidate 4', async () => {
  const typed = toTypedSchema(schema([at(['a', 0, 'b'], '1'), at(['c'], '2'), at(['a', 0, 'b'], '3')]));
  assert.equal(typed.__type, 'VVTypedSchema');
  assert.deepEqual(await typed.parse({}), {
    errors: [
      { path: 'a[0].b', errors: ['1', '3'] },
      { path: 'c', errors: ['2'] },
    ],
  });
  assert.deepEqual(await toTypedSchema(schema()).parse(7), { value: { sent: 7 }, errors: [] });
});
