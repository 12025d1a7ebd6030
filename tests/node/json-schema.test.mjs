// Compares the published JSON Schemas with the validators on random requests: a request is valid for ajv exactly if it
// has no issue, except for the rules that a schema omits. CTS_CASES=… runs longer, CTS_SEED=… repeats a run.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as cts from 'cts-tracker';
import { cases, FIELD_VALIDATORS } from '../vectors/cases.mjs';
import { inputOf } from '../vectors/run.mjs';
import { randomFrom, seedOf } from './support/random.mjs';
import { requestsFrom } from './support/requests.mjs';

const CASES = Number(process.env.CTS_CASES ?? 100_000);
const AJV = { '2020-12': Ajv2020, 'draft-07': Ajv };
/** The codes of the rules that the schemas omit. */
const OMITTED = ['must_differ'];

const published = (name, draft) =>
  JSON.parse(readFileSync(new URL(`./json-schema/${name}.${draft}.json`, import.meta.resolve('cts-tracker')), 'utf8'));

/** The schemas of both drafts, compiled in ajv's strict mode. */
const compiled = (schemaOf) =>
  Object.entries(AJV).map(([draft, Class]) => ({
    draft,
    accepts: new Class({ strict: true, allowUnionTypes: true }).compile(schemaOf(draft)),
  }));

const isSaid = ({ code }) => !OMITTED.includes(code);

/** Compares both drafts with a validator. Returns the number of valid and invalid inputs. */
function compare({ seed, cases, schemas, input, validate }) {
  const count = { valid: 0, invalid: 0, omitted: 0 };
  for (let i = 0; i < cases; i++) {
    const value = input(requestsFrom(randomFrom(seed + i)));
    const { issues = [] } = validate(value);
    const isValid = !issues.some(isSaid);
    if (isValid && issues.length > 0) count.omitted += 1;
    else count[isValid ? 'valid' : 'invalid'] += 1;
    for (const { draft, accepts } of schemas) {
      if (accepts(value) !== isValid) {
        assert.fail(
          `CTS_SEED=${seed + i}: ${inspect(value, { depth: 6 })}\nvalidator: ${inspect(issues, { depth: 6 })}\n` +
            `${draft}: ${inspect(accepts.errors, { depth: 6 })}`,
        );
      }
    }
  }
  return count;
}

function isBalanced(t, count, cases) {
  t.diagnostic(
    Object.entries(count)
      .map(([verdict, times]) => `${times} ${verdict}`)
      .join(', '),
  );
  assert.ok(Math.min(count.valid, count.invalid) > cases / 10, 'too few valid or invalid inputs');
}

const REQUESTS = [
  ['createTracker', 'create-tracker', (requests) => requests.createTracker(), cts.validateCreateTracker],
  ['checkObsBuckets', 'check-obs-buckets', (requests) => requests.checkObsBuckets(), cts.validateCheckObsBuckets],
];

for (const [name, file, input, validate] of REQUESTS) {
  test(`ajv and the validator agree on ${name}`, (t) => {
    const schemas = compiled((draft) => published(file, draft));
    const count = compare({ seed: seedOf(t), cases: CASES / 2, schemas, input, validate });
    isBalanced(t, count, CASES / 2);
    // The omitted rule occurs, and the schema mentions it.
    const { $comment } = published(file, 'draft-07');
    if (name === 'createTracker') {
      assert.ok(count.omitted > 0);
      assert.match($comment, /data_bucket_name must not equal obs_info\.bucket_name/);
    } else assert.equal(count.omitted, 0);
  });
}

test('the hand-written cases that JSON can represent are valid exactly if they have no issue', () => {
  const schemas = {};
  let compared = 0;
  for (const test of cases.filter(({ validator }) => !validator.startsWith('ndjson:'))) {
    if (!('input' in test || 'json' in test)) continue;
    const [name, options = {}] = [test.validator, test.options];
    schemas[name + JSON.stringify(options)] ??= described(cts.withOptions(cts[`${name}Schema`], options), 'input');
    const issues = test.issues ?? [test.firstIssue];
    for (const { draft, accepts } of schemas[name + JSON.stringify(options)]) {
      assert.equal(accepts(inputOf(test)), !issues.some(isSaid), `${test.name}: ${draft}`);
      compared += 1;
    }
  }
  assert.ok(compared > 1500, `${compared}`);
});

test('lists of more than a million items', () => {
  const long = (item) => Array.from({ length: 1_000_001 }, () => item);
  const inputs = [
    [
      'create-tracker',
      cts.validateCreateTracker,
      { tracker_type: 'system', management_event_selector: { exclude_service: long('KMS') } },
    ],
    [
      'check-obs-buckets',
      cts.validateCheckObsBuckets,
      { buckets: long({ bucket_name: 'abc', bucket_location: 'cn-north-1' }) },
    ],
  ];
  for (const [file, validate, value] of inputs) {
    assert.equal(validate(value).issues[0].code, 'too_long');
    for (const { accepts } of compiled((draft) => published(file, draft))) assert.equal(accepts(value), false);
  }
});

/** The JSON Schemas of the input or output of a Standard Schema. */
const described = (schema, side) =>
  compiled((draft) =>
    schema['~standard'].jsonSchema[side]({ target: draft === 'draft-07' ? draft : `draft-${draft}` }),
  );

for (const name of FIELD_VALIDATORS) {
  test(`ajv and the validator agree on ${name} alone`, (t) => {
    const schema = cts[`${name}Schema`];
    const { validate } = schema['~standard'];
    const count = compare({
      seed: seedOf(t),
      cases: CASES / 50,
      schemas: described(schema, 'input'),
      input: (requests) => requests.oneField(name),
      validate,
    });
    t.diagnostic(
      Object.entries(count)
        .map(([verdict, times]) => `${times} ${verdict}`)
        .join(', '),
    );
  });
}

/** The values that HTML controls return in place of a typed value. */
function inControls(random, value) {
  const { chance, one } = random;
  if (Array.isArray(value)) {
    if (chance(0.1) && value.length === 1) return inControls(random, value[0]);
    return value.map((item) => inControls(random, item));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, inControls(random, inside)]));
  }
  if (chance(0.05))
    return one([
      '',
      'on',
      'off',
      'true',
      'false',
      '30',
      ' 30',
      '+90',
      '030',
      '30.0',
      '3e1',
      '-30',
      '30 days',
      '0x1e',
      null,
    ]);
  if (value === true) return one([true, 'on', 'true']);
  if (value === false) return one([false, 'off', 'false']);
  if (typeof value === 'number') return one([value, String(value)]);
  return value ?? one([null, '']);
}

for (const [name, , input] of REQUESTS) {
  test(`ajv and the validator agree on the form of ${name}, and on its output`, (t) => {
    const schema = cts[`${name}FormSchema`];
    const outputs = described(schema, 'output');
    const validate = (value) => {
      const result = schema['~standard'].validate(value);
      if (!result.issues) {
        for (const { accepts } of outputs) assert.ok(accepts(result.value), inspect(accepts.errors));
      }
      return result;
    };
    let at = 0;
    const seed = seedOf(t);
    const count = compare({
      seed,
      cases: CASES / 5,
      schemas: described(schema, 'input'),
      validate,
      input: (requests) => inControls(randomFrom(seed + at++), input(requests)),
    });
    isBalanced(t, count, CASES / 5);
  });
}

test('the schema of a field is that of its options', () => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false });
  const values = ['system', 'foo', '', 'a..b', '1.2.3.4', 'abc', 'abc-', 'system-trace', null];
  for (const [schema, validate, options] of [
    [cts.trackerNameSchema, cts.validateTrackerName, { trackerType: 'system' }],
    [cts.trackerNameSchema, cts.validateTrackerName, { trackerType: 'data' }],
    [cts.kmsIdSchema, cts.validateKmsId, { encrypted: true }],
    [cts.kmsIdSchema, cts.validateKmsId, { encrypted: false }],
    [cts.bucketNameSchema, cts.validateBucketName, { forCreation: true }],
    [cts.bucketNameSchema, cts.validateBucketName, {}],
  ]) {
    const target = 'draft-2020-12';
    const made = cts.withOptions(schema, options)['~standard'].jsonSchema.input({ target });
    assert.deepEqual(made, schema['~standard'].jsonSchema.input({ target, libraryOptions: options }));
    const fits = ajv.compile(made);
    for (const value of values)
      assert.equal(fits(value), !validate(value, options).issues, `${JSON.stringify(options)} ${value}`);
  }
});
