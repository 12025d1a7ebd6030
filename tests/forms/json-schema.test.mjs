// ajv validates the values of forms, and the requests made of them, with the JSON Schemas of the form schemas.
import assert from 'node:assert/strict';
import test from 'node:test';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import { checkObsBucketsFormSchema, createTrackerFormSchema } from 'cts-tracker';
import { fixtures } from './harness.mjs';

const SCHEMAS = { createTracker: createTrackerFormSchema, checkObsBuckets: checkObsBucketsFormSchema };
const GENERATED = 20_000;

function compile(target) {
  const ajv = new (target === 'draft-07' ? Ajv : Ajv2020)({ strict: true, strictRequired: false, strictTypes: false });
  return Object.fromEntries(
    Object.entries(SCHEMAS).map(([form, schema]) => {
      const { input, output } = schema['~standard'].jsonSchema;
      return [form, { input: ajv.compile(input({ target })), output: ajv.compile(output({ target })) }];
    }),
  );
}

/** A generator of the same numbers in [0, 1) each time. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FLAGS = [true, false, 'on', 'off', 'true', 'false', '', null, 'yes', 1];
const NAMES = ['abc', 'a-b.c', 'a..b', 'ab-', '1.2.3.4', 'ab', '-ab', 'aB', 'a'.repeat(64), '', null, false, 7];
const LISTS = (words) => [
  [],
  words,
  [words[0]],
  [words[0], ''],
  [''],
  [null],
  words[0],
  '',
  null,
  false,
  [words[0], false],
  ['x'],
  'x',
  7,
  [7],
  [words[0], 'x'],
  true,
];
const FIELDS = {
  createTracker: {
    tracker_type: ['system', 'data', 'data', 'System', '', null, false, 7],
    tracker_name: ['system', 'a', 'a_b', 'system-trace', '_a', 'a b', 'a'.repeat(33), '', null, false, 7],
    is_lts_enabled: FLAGS,
    is_organization_tracker: FLAGS,
    management_event_selector: { exclude_service: LISTS(['KMS']) },
    obs_info: {
      bucket_name: NAMES,
      file_prefix_name: ['a', 'A_b.c-', '', null, 'a b', 'a'.repeat(65), false, 7],
      is_obs_created: FLAGS,
      bucket_lifecycle: ['30', ' 90 ', '+060', '045', '45', '30.0', '3e1', 30, 45, 30.5, '', null, 'x', true, false],
      compress_type: ['gzip', 'json', 'GZIP', '', null, false, 7],
      is_sort_by_service: FLAGS,
    },
    is_support_trace_files_encryption: FLAGS,
    kms_id: ['13a4207c-7abe-4b68-8510-16b84c3b5504', 'key', '', null, false, true, 7],
    is_support_validate: FLAGS,
    data_bucket: { data_bucket_name: NAMES, data_event: LISTS(['READ', 'WRITE']) },
    agency_name: ['cts_admin_trust', 'x', '', null, false, true, 7],
    unknown: ['x', ''],
  },
  checkObsBuckets: {
    bucket_name: NAMES,
    bucket_location: ['cn-north-4', 'x', '', null, false, 7],
    kms_id: ['key', '', null, false, 7],
    is_support_trace_files_encryption: FLAGS,
  },
};
const ODD = [null, '', false, true, 'x', 7, []];

/** Values of a form. Most are plausible, so that many forms are valid. */
function generate(fields, next, wrong) {
  const pick = (list) => list[Math.floor(next() * (next() < wrong ? list.length : Math.min(2, list.length)))];
  const values = {};
  for (const [name, choice] of Object.entries(fields)) {
    if (next() < 0.35) continue;
    if (Array.isArray(choice)) values[name] = pick(choice);
    else values[name] = next() < wrong / 4 ? pick(ODD) : generate(choice, next, wrong);
  }
  return values;
}

for (const target of ['draft-2020-12', 'draft-07']) {
  const compiled = compile(target);

  test(`${target}: the fixtures`, () => {
    for (const { form, values, errors, name } of fixtures) {
      const crossField = JSON.stringify(errors ?? {}).includes('must_differ');
      assert.equal(compiled[form].input(values), !errors || crossField, name);
    }
  });

  test(`${target}: ${GENERATED} generated forms and their requests`, () => {
    const next = random(target.length);
    let right = 0;
    for (let i = 0; i < GENERATED; i++) {
      const form = next() < 0.7 ? 'createTracker' : 'checkObsBuckets';
      const wrong = next() * 0.4;
      const values =
        form === 'createTracker'
          ? generate(FIELDS.createTracker, next, wrong)
          : {
              buckets: Array.from({ length: Math.floor(next() * 3) }, () =>
                generate(FIELDS.checkObsBuckets, next, wrong),
              ),
            };
      const { issues, value } = SCHEMAS[form]['~standard'].validate(values);
      // JSON Schema cannot express this rule.
      const errors = (issues ?? []).filter(({ code }) => code !== 'must_differ');
      const text = JSON.stringify(values);
      assert.equal(
        compiled[form].input(values),
        errors.length === 0,
        `${text}\n${JSON.stringify(errors)}\n${JSON.stringify(compiled[form].input.errors)}`,
      );
      if (!issues) {
        right++;
        assert.ok(compiled[form].output(value), `${text}\n${JSON.stringify(compiled[form].output.errors)}`);
      }
    }
    assert.ok(right > GENERATED / 10 && right < GENERATED * 0.9, `${right} of them were right`);
  });
}
