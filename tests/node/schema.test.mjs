import assert from 'node:assert/strict';
import test from 'node:test';
import { en, zhCN } from 'cts-tracker';
import { internal } from '../support/internal.mjs';

const { makeSchema, withOptions } = await internal('forms/standard-schema.ts');

const ISSUE = Object.freeze({
  code: 'required',
  path: Object.freeze(['kms_id']),
  message: 'no',
  params: {},
  severity: 'error',
  rule: 'kms_id.required',
});
const WARNING = { ...ISSUE, severity: 'warning' };
const seen = [];
const validate = (value, options) => {
  seen.push(options);
  return value === 'bad' ? { issues: [ISSUE], warnings: [WARNING] } : { value: { value }, warnings: [WARNING] };
};
const described = { input: { type: 'string', enum: ['a'] }, output: { type: 'object' } };
const schema = makeSchema(validate, () => described, { locale: zhCN });

function frozenPlain(object) {
  assert.equal(typeof object, 'object');
  assert.equal(Object.getPrototypeOf(object), Object.prototype);
  assert.ok(Object.isFrozen(object));
}

test('a schema is a frozen object whose only name is ~standard', () => {
  frozenPlain(schema);
  assert.deepEqual(Object.getOwnPropertyNames(schema), ['~standard']);
  // The copies of the package share it.
  assert.deepEqual(Object.getOwnPropertySymbols(schema), [Symbol.for('cts-tracker.schema')]);
  assert.ok(!Object.getOwnPropertyDescriptor(schema, Symbol.for('cts-tracker.schema')).enumerable);
  const standard = schema['~standard'];
  frozenPlain(standard);
  frozenPlain(standard.jsonSchema);
  assert.deepEqual(Object.keys(standard), ['version', 'vendor', 'validate', 'jsonSchema']);
  assert.equal(standard.version, 1);
  assert.equal(standard.vendor, 'cts-tracker');
});

test('a result is synchronous and has no warnings', () => {
  const { validate } = schema['~standard'];
  assert.deepEqual(validate('good'), { value: { value: 'good' } });
  const result = validate('bad');
  assert.deepEqual(Object.keys(result), ['issues']);
  assert.deepEqual(result.issues, [ISSUE]);
});

test('libraryOptions override the options of the schema', () => {
  const last = () => seen.at(-1);
  schema['~standard'].validate('x');
  assert.deepEqual(last(), { locale: zhCN });
  schema['~standard'].validate('x', { libraryOptions: { locale: en, forCreation: true } });
  assert.deepEqual(last(), { locale: en, forCreation: true });
  for (const options of [undefined, {}, { libraryOptions: undefined }, { locale: en }]) {
    schema['~standard'].validate('x', options);
    assert.deepEqual(last(), { locale: zhCN });
  }
  const other = withOptions(schema, { encrypted: true });
  assert.notEqual(other, schema);
  frozenPlain(other);
  other['~standard'].validate('x');
  assert.deepEqual(last(), { locale: zhCN, encrypted: true });
  withOptions(other, { locale: en })['~standard'].validate('x');
  assert.deepEqual(last(), { locale: en, encrypted: true });
  schema['~standard'].validate('x');
  assert.deepEqual(last(), { locale: zhCN }, 'the first schema has not changed');
  for (const foreign of [undefined, null, {}, { '~standard': schema['~standard'] }, 'x']) {
    assert.throws(() => withOptions(foreign, {}), TypeError);
  }
});

test('options are read when the schema is made', () => {
  const options = { locale: en };
  const made = makeSchema(validate, () => described, options);
  options.locale = zhCN;
  made['~standard'].validate('x');
  assert.deepEqual(seen.at(-1), { locale: en });
});

test('JSON Schemas of two drafts; any other target throws', () => {
  const { jsonSchema } = schema['~standard'];
  assert.deepEqual(jsonSchema.input({ target: 'draft-2020-12' }), {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'string',
    enum: ['a'],
  });
  assert.deepEqual(jsonSchema.output({ target: 'draft-07', libraryOptions: {} }), {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
  });
  for (const target of ['openapi-3.0', 'draft-04', '', 'toString', '__proto__', undefined, 7]) {
    assert.throws(() => jsonSchema.input({ target }), { name: 'TypeError', message: /'draft-2020-12' or 'draft-07'$/ });
    assert.throws(() => jsonSchema.output({ target }), TypeError);
  }
  assert.throws(() => jsonSchema.input(), TypeError);
});

test('a caller may change a JSON Schema', () => {
  const { jsonSchema } = schema['~standard'];
  const mine = jsonSchema.input({ target: 'draft-07' });
  mine.enum.push('b');
  assert.deepEqual(jsonSchema.input({ target: 'draft-07' }).enum, ['a']);
});
