// FormData and URLSearchParams without their tags, as in happy-dom and in workerd with older compatibility dates.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validateCreateTrackerForm } from 'cts-tracker';

const ENTRIES = [
  ['tracker_type', 'data'],
  ['tracker_name', 'a'],
  ['obs_info.bucket_name', 'bucket1'],
  ['data_bucket.data_bucket_name', 'cstest0423'],
  ['data_bucket.data_event', 'READ'],
  ['data_bucket.data_event', 'WRITE'],
];

/** A subclass that hides the tag. */
const untagged = (Class) => {
  class Hidden extends Class {
    get [Symbol.toStringTag]() {
      return undefined;
    }
  }
  const form = new Hidden();
  for (const [name, value] of ENTRIES) form.append(name, value);
  assert.equal(Object.prototype.toString.call(form), '[object Object]');
  return form;
};

for (const Class of [FormData, URLSearchParams]) {
  test(`an untagged ${Class.name} is read`, () => {
    const { issues, value } = validateCreateTrackerForm(untagged(Class));
    assert.equal(issues, undefined);
    assert.deepEqual(value.data_bucket, { data_bucket_name: 'cstest0423', data_event: ['READ', 'WRITE'] });
  });
}

test('an instance that shows no properties is refused by its name', () => {
  class HTMLFormElement {
    #values = ENTRIES;
    get elements() {
      return this.#values;
    }
  }
  const { issues } = validateCreateTrackerForm(new HTMLFormElement());
  assert.deepEqual(
    issues.map(({ code, params }) => [code, params.actual]),
    [['not_object', 'htmlformelement']],
  );
});

test('an instance with properties, and an empty object, are read', () => {
  class Values {
    tracker_type = 'system';
  }
  assert.equal(validateCreateTrackerForm(new Values()).value?.tracker_type, 'system');
  for (const empty of [{}, Object.create(null)]) {
    assert.deepEqual(
      validateCreateTrackerForm(empty).issues.map(({ code }) => code),
      ['required'],
    );
  }
});
