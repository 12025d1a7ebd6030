// Invalid options of validators.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as cts from 'cts-tracker';
import { VALIDATORS } from './support/validators.mjs';

test('invalid options throw a TypeError, with and without issues', () => {
  const typeError = (call, name) => assert.throws(call, { name: 'TypeError' }, name);
  for (const [name, validate] of Object.entries(VALIDATORS)) {
    for (const input of [undefined, 'abc', {}]) {
      for (const options of [0, 1, 'en', true, false, Symbol('x'), 1n, () => {}])
        typeError(() => validate(input, options), name);
      for (const locale of ['fr', 'EN', '', 1, null, true, '__proto__', 'constructor'])
        typeError(() => validate(input, { locale }), name);
      validate(input, null);
      validate(input, undefined);
      validate(input, Object.create(null));
      validate(input, { locale: undefined, unknown: 1 });
    }
  }
  for (const value of [1, 'true', 'yes', {}]) {
    typeError(() => cts.validateBucketName('abc', { forCreation: value }));
    typeError(() => cts.validateKmsId('', { encrypted: value }));
    typeError(() => cts.validateTrackerName('a', { trackerType: value }));
    typeError(() => cts.validateNdjson('createTracker', '', { warnings: value }));
  }
  for (const kind of [undefined, null, 'checkObsBuckets', 'CreateTracker', 0, {}, '__proto__']) {
    typeError(() => cts.validateNdjson(kind, ''));
    typeError(() => cts.createNdjsonValidator(kind));
  }
  for (const text of [undefined, null, 1, {}, [], new ArrayBuffer(1), new Uint16Array(1), { length: 1 }]) {
    typeError(() => cts.validateNdjson('createTracker', text));
    typeError(() => cts.createNdjsonValidator('createTracker').push(text));
  }
  for (const options of [0, 'en', true]) typeError(() => cts.validateNdjson('createTracker', '', options));
  const ended = cts.createNdjsonValidator('createTracker');
  ended.end();
  typeError(() => ended.push(new Uint8Array(1)));
  typeError(() => cts.withOptions({}, {}));
  typeError(() => cts.withOptions(cts.bucketNameSchema, { locale: 'xx' })['~standard'].validate('abc'));
});
