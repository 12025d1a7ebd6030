import assert from 'node:assert/strict';
import test from 'node:test';
import { fieldRule } from '../../pkg-template/src/adapters/async-validator.js';
import { toTypedSchema } from '../../pkg-template/src/adapters/vee-validate.js';

const at = (path, message) => ({ path, message });
const schema = (issues, judged = []) => ({ '~standard': { validate: (value) => {
  judged.push(value);
  return issues ? { issues } : { value: { sent: value } };
} } });
const told = async (rule, value) => {
  try {
    return await rule.validator({}, value);
  } catch (messages) {
    return messages;
  }
};

test('a rule tells what is found at its field and inside it', async () => {
  const judged = [];
  const found = schema([at(['a'], '1'), at(['a', 0, 'b'], '2'), at(['ab'], '3'), at([], '4'), at(['a', 0, 'b'], '5')], judged);
  const values = () => ({ the: 'form' });
  assert.deepEqual(await told(fieldRule(found, 'a', values), 'typed'), ['1', '2', '5']);
  assert.deepEqual(await told(fieldRule(found, 'a[0].b', values)), ['2', '5']);
  assert.deepEqual(await told(fieldRule(found, ['a', 0], values)), ['2', '5']);
  assert.deepEqual(await told(fieldRule(found, 'ab', values)), ['3']);
  assert.equal(await told(fieldRule(found, 'b', values)), undefined);
  assert.deepEqual(judged, Array(5).fill({ the: 'form' }));
});

test('a rule without a path judges the value alone', async () => {
  const judged = [];
  assert.deepEqual(await told(fieldRule(schema([at([], '1'), at([], '2')], judged)), 'typed'), ['1', '2']);
  assert.equal(await told(fieldRule(schema(undefined, judged)), 'typed'), undefined);
  assert.deepEqual(judged, ['typed', 'typed']);
});

test('a schema for VeeValidate 4', async () => {
  const typed = toTypedSchema(schema([at(['a', 0, 'b'], '1'), at(['c'], '2'), at(['a', 0, 'b'], '3')]));
  assert.equal(typed.__type, 'VVTypedSchema');
  assert.deepEqual(await typed.parse({}), { value: undefined, errors: [{ path: 'a[0].b', errors: ['1', '3'] }, { path: 'c', errors: ['2'] }] });
  assert.deepEqual(await toTypedSchema(schema()).parse(7), { value: { sent: 7 }, errors: [] });
});
