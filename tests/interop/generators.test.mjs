// Tools that read our descriptions: Redocly's linter, and generators of TypeScript types and pydantic models.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { compileFromFile } from 'json-schema-to-typescript';
import generate, { astToString } from 'openapi-typescript';
import { at } from '../../tools/common.mjs';
import { pythonEnv, venv } from './vendor.mjs';

const OPENAPI = fileURLToPath(import.meta.resolve('cts-tracker/openapi.json'));
const schemaFile = (name) => fileURLToPath(import.meta.resolve(`cts-tracker/json-schema/${name}.json`));
const DOCUMENTS = ['create-tracker', 'check-obs-buckets'].flatMap((name) => [
  schemaFile(`${name}.2020-12`),
  schemaFile(`${name}.draft-07`),
]);

test('the recommended rules of Redocly find nothing, not even a warning', async () => {
  const source = await readFile(OPENAPI, 'utf8');
  const problems = async (text) => {
    const config = await createConfig({ extends: ['recommended'] });
    return (await lintFromString({ source: text, absoluteRef: OPENAPI, config })).map(
      ({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`,
    );
  };
  assert.deepEqual(await problems(source), []);
  const wrong = source.replace('"tracker_type": "system"', '"tracker_type": "neither"');
  assert.match((await problems(wrong)).join('\n'), /no-invalid-media-type-examples/);
});

test('every field has a title and a description', async () => {
  let seen = 0;
  // Conditions repeat fields that are described beside them.
  const visit = (schema, path) => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      seen += 1;
      for (const keyword of ['title', 'description'])
        assert.ok(field[keyword]?.length > 1, `${path}.${name}: ${keyword}`);
      visit(field, `${path}.${name}`);
    }
    visit(schema.items, `${path}[]`);
  };
  for (const file of DOCUMENTS) visit(JSON.parse(await readFile(file, 'utf8')), file);
  const { schemas } = JSON.parse(await readFile(OPENAPI, 'utf8')).components;
  for (const [name, schema] of Object.entries(schemas)) visit(schema, name);
  assert.ok(seen > 100, `only ${seen} fields`);
});

/** Uses a type that was generated for the body of CreateTracker. */
const use = (type) => `
type Body = ${type};
const bucket: NonNullable<Body['data_bucket']> = { data_bucket_name: 'a', data_event: ['READ'] };
export const body: Body = { tracker_type: 'data', tracker_name: 'a', data_bucket: bucket };
export const system: Body = { tracker_type: 'system', data_bucket: null };
// @ts-expect-error: the bucket is an object
export const text: Body = { tracker_type: 'data', data_bucket: 'a' };
// @ts-expect-error: no such event
export const event: Body = { tracker_type: 'data', data_bucket: { data_bucket_name: 'a', data_event: ['LIST'] } };
// @ts-expect-error: a name is text
export const name: Body = { tracker_type: 'data', tracker_name: 1 };
`;

/** Prints what the model makes of three bodies: with a bucket, without one, with text instead of one. */
const USE_MODEL = `
from pydantic import ValidationError
from typing import get_type_hints
Body = CreateTrackerRequestBody
read = lambda tracker_type, bucket: Body.model_validate({'tracker_type': tracker_type, 'data_bucket': bucket}).data_bucket
print(get_type_hints(Body)['data_bucket'] == (DataBucket | None))
print(read('data', {'data_bucket_name': 'cstest', 'data_event': ['READ']}).data_bucket_name)
print(read('system', None))
try:
    read('data', 'a')
except ValidationError as error:
    print(error.errors()[0]['loc'], error.errors()[0]['type'])
`;

test('the models of datamodel-code-generator describe data_bucket', async (t) => {
  const folder = at('tests', 'interop', '.work-models');
  await mkdir(folder, { recursive: true });
  t.after(() => rm(folder, { recursive: true }));
  const programs = join(await venv('datamodel.txt'), 'bin');
  const env = await pythonEnv();
  const options = ['--output-model-type', 'pydantic_v2.BaseModel', '--formatters', 'builtin'];
  for (const [type, file] of [
    ['openapi', OPENAPI],
    ['jsonschema', schemaFile('create-tracker.2020-12')],
    ['jsonschema', schemaFile('create-tracker.draft-07')],
  ]) {
    const output = join(folder, 'models.py');
    const args = ['--input', file, '--input-file-type', type, ...options, '--output', output];
    await promisify(execFile)(join(programs, 'datamodel-codegen'), args, { env });
    await writeFile(output, `${await readFile(output, 'utf8')}${USE_MODEL}`);
    const { stdout } = await promisify(execFile)(join(programs, 'python'), [output], { env });
    assert.deepEqual(stdout.trim().split('\n'), ['True', 'cstest', 'None', "('data_bucket',) model_type"], file);
  }
});

test('the types of generators describe each field', async (t) => {
  const folder = at('tests', 'interop', '.work');
  await mkdir(folder, { recursive: true });
  t.after(() => rm(folder, { recursive: true }));
  const openapi = astToString(await generate(new URL(`file://${OPENAPI}`)));
  await writeFile(join(folder, 'openapi.mts'), `${openapi}${use("components['schemas']['CreateTrackerRequestBody']")}`);
  const files = ['openapi.mts'];
  for (const draft of ['2020-12', 'draft-07']) {
    const types = await compileFromFile(schemaFile(`create-tracker.${draft}`));
    await writeFile(join(folder, `${draft}.mts`), `${types}${use('CreateTrackerRequestBody')}`);
    files.push(`${draft}.mts`);
  }
  const tsc = at('node_modules/typescript/bin/tsc');
  const options = ['--strict', '--noEmit', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  await promisify(execFile)(process.execPath, [tsc, ...options, ...files], { cwd: folder }).catch(({ stdout }) =>
    assert.fail(stdout),
  );
});
