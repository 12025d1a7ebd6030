// The shared fixtures: what a form holds, and by field what must be wrong with it, or what must be sent.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { checkObsBucketsFormSchema, createTrackerFormSchema, en, withOptions, zhCN } from 'cts-tracker';

const SCHEMAS = { createTracker: createTrackerFormSchema, checkObsBuckets: checkObsBucketsFormSchema };
export const fixtures = JSON.parse(readFileSync(new URL('fixtures.json', import.meta.url), 'utf8'));

/** The messages of the schema itself, by field in dot spelling, once its codes are those of the fixture. */
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
 * Runs every fixture through `drive({ schema, form, values })`, which gives `{ errors, output }` as the library has them:
 * `errors` by field in dot spelling, a message or a list of messages.
 *
 * `first`: the library keeps the first message of a field. `fields`: the library knows only these fields, and shows an
 * item's messages at its list. `as`: the fixture as the library
 * gets to see it: `sent` of a fixture is what a browser sends, where a list of which nothing is chosen is not there.
 */
export function runFixtures(
  library,
  drive,
  { first = false, fields = false, as = (fixture) => fixture, output = true } = {},
) {
  const run = (fixture, locale) => async () => {
    const { form } = fixture;
    const seen = as(fixture);
    const schema = withOptions(SCHEMAS[form], { locale });
    const messages = expected(schema, seen.values, seen);
    const wanted = {};
    for (const [path, told] of Object.entries(messages)) {
      const field = fields ? path.replace(/(data_event|exclude_service)\.\d+$/, '$1') : path;
      wanted[field] = first ? told[0] : told;
    }
    const got = await drive({ schema, form, values: structuredClone(seen.values) });
    assert.deepEqual(plain(got.errors), plain(wanted));
    if (seen.errors) assert.equal(got.output, undefined, 'a form with errors is not sent');
    else if (output) assert.deepEqual(plain(got.output), plain(seen.output));
  };
  assert.ok(fixtures.length >= 30);
  for (const fixture of fixtures) test(`${library}: ${fixture.name}`, run(fixture, en));
  const wrong = fixtures.find(({ errors }) => errors);
  test(`${library}: in Chinese`, run(wrong, zhCN));
}

// Libraries hand out proxies and objects without a prototype.
const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** The fields of a form's values in dot spelling, lists of words being one field. */
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

/** The messages of a tree of errors by field in dot spelling; `read` tells a message from a branch. */
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
