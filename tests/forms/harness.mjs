// The shared fixtures: the values of a form, and the expected errors by field or the expected request.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  checkObsBucketsFormSchema,
  createTrackerFormSchema,
  en,
  fieldState,
  toFieldErrors,
  validateCreateTrackerForm,
  withOptions,
  zhCN,
} from 'cts-tracker';

const SCHEMAS = { createTracker: createTrackerFormSchema, checkObsBuckets: checkObsBucketsFormSchema };
export const fixtures = JSON.parse(readFileSync(new URL('fixtures.json', import.meta.url), 'utf8'));

/** Checks that the codes are those of the fixture. Returns the messages of the schema by field. */
function expected(schema, values, { errors, output }) {
  const result = schema['~standard'].validate(structuredClone(values));
  if (!errors) {
    assert.equal(result.issues, undefined);
    assert.deepEqual(result.value, output);
    return {};
  }
  const codes = {};
  const messages = {};
  for (const { path, code, message } of result.issues) {
    const field = path.join('.');
    (codes[field] ??= []).push(code);
    (messages[field] ??= []).push(message);
  }
  assert.deepEqual(codes, errors);
  return messages;
}

/**
 * Runs every fixture through `open({ schema, values, fields })`, which opens a form of the library: `submit()` returns its
 * `{ errors, output }`, where `errors` has a message or a list of messages by field, and `choose(type)` selects another
 * type of tracker. `fields(values)` are the fields to render. If the library can show warnings, `container` is where it
 * does: `warningOf(path)` is the text.
 *
 * `first`: the library keeps only the first message of a field. `joined`: it has one text for all. `fields`: the library shows the messages of an item at its
 * list. `as`: the fixture as the library sees it.
 */
export function runFixtures(
  library,
  open,
  { warnings = false, first = false, joined = false, fields = false, as = (fixture) => fixture, output = true } = {},
) {
  /** The messages as the library shows them. */
  const shown = (messages) =>
    Object.fromEntries(
      Object.entries(messages).map(([path, all]) => [
        fields ? path.replace(/(data_event|exclude_service)\.\d+$/, '$1') : path,
        first ? all[0] : joined ? all.join(' ') : all,
      ]),
    );
  const run = (fixture, locale) => async () => {
    const { form } = fixture;
    const seen = as(fixture);
    const schema = withOptions(SCHEMAS[form], { locale });
    const wanted = shown(expected(schema, seen.values, seen));
    const opened = await open({ schema, values: structuredClone(seen.values), fields: () => leaves(seen.values) });
    const got = await opened.submit();
    await opened.close?.();
    assert.deepEqual(plain(got.errors), plain(wanted));
    if (seen.errors) assert.equal(got.output, undefined, 'a form with errors is not submitted');
    else if (output) assert.deepEqual(plain(got.output), plain(seen.output));
  };
  assert.ok(fixtures.length >= 30);
  for (const fixture of fixtures) test(`${library}: ${fixture.name}`, run(fixture, en));
  const wrong = fixtures.find(({ errors }) => errors);
  test(`${library}: in Chinese`, run(wrong, zhCN));
  test(`${library}: another type of tracker`, async () => {
    const schema = withOptions(createTrackerFormSchema, { prune: true });
    const opened = await open({ schema, values: structuredClone(SWITCHED.values), fields: shownFields });
    const wanted = { errors: plain(shown(expected(schema, SWITCHED.values, SWITCHED))), output: undefined };
    const submit = async () => plain(await opened.submit());
    assert.deepEqual(await submit(), plain(wanted));
    // Neither an error of a hidden field, nor its value in what is sent.
    await opened.choose('system');
    const sent = { tracker_type: 'system', tracker_name: 'system', obs_info: { bucket_name: 'abc' } };
    assert.deepEqual(await submit(), { errors: {}, output: sent });
    // What was typed is there again.
    await opened.choose('data');
    assert.deepEqual(await submit(), plain(wanted));
    await opened.close?.();
  });
  if (warnings) testWarnings(library, open, shown);
}

/** Checks that warnings are shown beside errors, in both languages. */
function testWarnings(library, open, shown) {
  const values = { tracker_type: 'system', obs_info: { bucket_name: 'A_b' }, kms_id: 'x' };
  values.is_support_trace_files_encryption = true;
  for (const locale of [en, zhCN]) {
    test(`${library}: a warning beside an error, ${locale.code}`, async () => {
      const schema = withOptions(createTrackerFormSchema, { locale });
      const { issues, warnings } = validateCreateTrackerForm(values, { locale });
      const found = toFieldErrors(warnings);
      assert.deepEqual(Object.keys(found), ['kms_id']);
      const warningOf = (path) => found[path]?.join(' ');
      const opened = await open({ schema, values: structuredClone(values), fields: leaves, warningOf });
      const { errors, output } = await opened.submit();
      assert.deepEqual(plain(errors), plain(shown(toFieldErrors(issues))));
      assert.equal(output, undefined);
      // Some libraries render it later.
      for (let i = 0; i < 500 && !opened.container.textContent.includes(found.kms_id[0]); i++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const { textContent } = opened.container;
      assert.equal(textContent.split(found.kms_id[0]).length, 2, textContent);
      await opened.close?.();
    });
  }
}

/** A data tracker with an error in each field that a management tracker does not have. */
const SWITCHED = {
  values: {
    tracker_type: 'data',
    tracker_name: 'a b',
    obs_info: { bucket_name: 'abc', bucket_lifecycle: '31' },
    data_bucket: { data_bucket_name: 'A_', data_event: ['read'] },
  },
  errors: {
    tracker_name: ['invalid_character'],
    'obs_info.bucket_lifecycle': ['invalid_enum'],
    'data_bucket.data_bucket_name': ['too_short', 'invalid_character'],
    'data_bucket.data_event.0': ['invalid_enum'],
  },
};
const shownFields = (values) => leaves(SWITCHED.values).filter((path) => fieldState(values)[path].applies);

// The libraries return proxies and objects without a prototype.
const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** The fields of a form's values in dot spelling. A list of strings is one field. */
export function leaves(values, path = []) {
  return Object.entries(values).flatMap(([key, value]) => {
    const at = [...path, key];
    const inside =
      typeof value === 'object' &&
      value !== null &&
      !(Array.isArray(value) && value.every((item) => typeof item === 'string'));
    return inside ? leaves(value, at) : [at.join('.')];
  });
}

/** The messages of a tree of errors by field in dot spelling; `read` returns the message of a leaf. */
export function flatten(tree, read, path = []) {
  const errors = {};
  for (const [key, value] of Object.entries(tree ?? {})) {
    if (value === undefined || value === null) continue;
    const message = read(value);
    if (message !== undefined) errors[[...path, key].join('.')] = message;
    else Object.assign(errors, flatten(value, read, [...path, key]));
  }
  return errors;
}
