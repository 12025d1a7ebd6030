// The format of an input is recognized by how it starts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { internal } from '../support/internal.mjs';

const { isOneJsonText, recognizeFormat } = await internal('cli/input-format.ts');

test('recognizes NDJSON, JSON and YAML', () => {
  for (const [text, format] of [
    ['{"a":1}\n{"a":2}', 'ndjson'],
    ['{\n"a":1}', 'json'],
    ['{"a":\n{"b":1}', 'ndjson'],
    ['[\n1]', 'json'],
    ['a: 1', 'yaml'],
    ['- a', 'yaml'],
    ['', 'ndjson'],
    ['\ufeff{"a":1}', 'ndjson'],
  ])
    assert.deepEqual([text, recognizeFormat(text)], [text, format]);
});

test('recognizes lines that are a single JSON text', () => {
  for (const [text, expected] of [
    ['[{}]', true],
    ['[{}]\r\n', true],
    ['\ufeff[\n  {\n', true],
    ['[{"a":1},\n{"a":2}]', true],
    ['{\n  "a": 1\n}', true],
    ['{ "a": 1,\n  "b": 2 }', true],
    ['[{}]\n[{}]', false],
    ['{}\n{}', false],
    ['{"a":1}', false],
    ['{"a":', false],
    ['{"a":\n', false],
    ['{"a":\n{"a":1}', false],
    ['', false],
    ['- a', false],
  ])
    assert.deepEqual([text, isOneJsonText(text)], [text, expected]);
});
