// The rules in JSON Schema, compiled by ajv.
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { BUCKET } from './peer-rules.mjs';

const require = createRequire(import.meta.url);
/** @param {object} schema */
const compile = (schema) => new Ajv2020({ allErrors: true, strict: false }).compile(schema);

export const ajv = compile(require('cts-tracker/json-schema/create-tracker.2020-12.json'));

/** Compiled at the first use, so that a cold process compiles only what it uses. */
export const ajvBuckets = () => compile(require('cts-tracker/json-schema/check-obs-buckets.2020-12.json'));
export const ajvName = () => compile({ type: 'string', minLength: 3, maxLength: 63, pattern: BUCKET.source });

/**
 * The number of valid lines, and the errors of the others.
 * @param {Uint8Array} bytes
 */
export function ajvLines(bytes) {
  let valid = 0;
  const bad = [];
  for (const [index, line] of new TextDecoder().decode(bytes).split('\n').entries()) {
    if (line === '') continue;
    if (ajv(JSON.parse(line))) valid += 1;
    else bad.push({ line: index + 1, errors: ajv.errors });
  }
  return { valid, bad };
}
