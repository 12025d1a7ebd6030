// The shared fixtures: the values of a form, and the expected errors by field or the expected request.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { checkObsBucketsFormSchema, createTrackerFormSchema, en, withOptions, zhCN } from 'cts-tracker';

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
 * Runs every fixture through `drive({ schema, form, values })`, which returns the `{ errors, output }` of the library.
 * `errors` has a message or a list of messages by field.
 *
 * `first`: the library keeps only the first message of a field. `joined`: it has one text for all. `fields`: the library shows the messages of an item at its
 * list. `as`: the fixture as the library sees it.
 */
export function runFixtures(
  library,
  drive,
  { first = false, joined = false, fields = false, as = (fixture) => fixture, output = true } = {},
) {
  const run = (fixture, locale) => async () => {
    const { form } = fixture;
    const seen = as(fixture);
    const schema = withOptions(SCHEMAS[form], { locale });
    const messages = expected(schema, seen.values, seen);
    const wanted = {};
    for (const [path, all] of Object.entries(messages)) {
      const field = fields ? path.replace(/(data_event|exclude_service)\.\d+$/, '$1') : path;
      wanted[field] = first ? all[0] : joined ? all.join(' ') : all;
    }
    const got = await drive({ schema, form, values: structuredClone(seen.values) });
    assert.deepEqual(plain(got.errors), plain(wanted));
    if (seen.errors) assert.equal(got.output, undefined, 'a form with errors is not submitted');
    else if (output) assert.deepEqual(plain(got.output), plain(seen.output));
  };
  assert.ok(fixtures.length >= 30);
  for (const fixture of fixtures) test(`${library}: ${fixture.name}`, run(fixture, en));
  const wrong = fixtures.find(({ errors }) => errors);
  test(`${library}: in Chinese`, run(wrong, zhCN));
}

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
