// The format of an input is found by parsing it, and common mistakes are explained.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cts, file, linesOf, objectsOf } from './support.mjs';

const bucket = (i) => ({ bucket_name: `bucket-${i}`, bucket_location: 'cn-north-1' });
const BODY = { buckets: [bucket(1), bucket(2), bucket(3)] };
const SYSTEM = { tracker_type: 'system' };
const rows = (list) => list.map((item) => JSON.stringify(item)).join(',\n');

describe('a body of CheckObsBuckets over several lines', () => {
  for (const [name, text] of Object.entries({
    printed: JSON.stringify(BODY, null, 2),
    'with a bucket per line': `{"buckets":[\n${rows(BODY.buckets)}\n]}\n`,
    'with the first bucket on the first line': `{"buckets":[${rows(BODY.buckets)}]}`,
    'with one bucket': `{"buckets":[\n${JSON.stringify(bucket(1))}\n]}\n`,
    'with blank lines': `\n{"buckets":\n\n[\n${rows(BODY.buckets)}]\n\n}\n`,
    'longer than what is read at first': `{"buckets":[\n${rows(Array.from({ length: 12_000 }, (_, i) => bucket(i)))}\n]}`,
  })) {
    test(name, async () => {
      const count = text.match(/bucket_name/g).length;
      const path = file(text, 'buckets');
      for (const [args, input] of [
        [['-'], text],
        [[path], undefined],
      ]) {
        const { code, stdout } = await cts(['validate', ...args, '--kind', 'checkBucket', '--json'], { input });
        assert.deepEqual([code, objectsOf(stdout).at(-1).valid], [0, count]);
      }
      const checked = await cts(['check', path, '--emulator', '--json', '--batch-size', 200]);
      assert.deepEqual([checked.code, objectsOf(checked.stdout).at(-1).passed], [0, count]);
    });
  }

  test('with a mistake is one error, and what it was taken for is said', async () => {
    const broken = `{"buckets":[\n${rows(BODY.buckets)},\n]}\n`;
    const { code, stdout, stderr } = await cts(['validate', '-', '--kind', 'checkBucket'], { input: broken });
    assert.deepEqual([code, linesOf(stdout).length], [1, 1]);
    assert.match(stdout, /line 5, column 1\. Remove the comma before it\./);
    assert.match(stderr, /<stdin> was read as JSON\. If that is wrong, use --input/);
    const named = await cts(['validate', file(broken, 'a.json'), '--kind', 'checkBucket']);
    assert.doesNotMatch(named.stderr, /was read as/);
  });
});

test('NDJSON with a broken first line is NDJSON', async () => {
  const text = `{"tracker_type":\n${JSON.stringify(SYSTEM)}\n`;
  const { stdout, stderr } = await cts(['validate', '-'], { input: text });
  assert.match(stdout, /<stdin>:1 +error .*invalid_json/);
  assert.match(stderr, /2 checked: 1 valid, 1 invalid/);
  assert.match(stderr, /<stdin> was read as NDJSON/);
});

test('a map of YAML in braces is YAML', async () => {
  const { code, stdout } = await cts(['validate', '-', '--json'], {
    input: '{tracker_type: system,\n is_lts_enabled: true}\n',
  });
  assert.deepEqual([code, objectsOf(stdout).at(-1).valid], [0, 1]);
});

describe('JSON values one after another', () => {
  const one = JSON.stringify({ ...SYSTEM, kms_id: 1 });
  for (const [name, text, lines] of [
    [
      'printed over several lines',
      `${JSON.stringify(SYSTEM, null, 2)}\n${JSON.stringify({ kms_id: 1 }, null, 2)}\n`,
      2,
    ],
    ['on one line', `${JSON.stringify(SYSTEM)}${one}\n`, 2],
    ['with spaces between them', `  ${JSON.stringify(SYSTEM, null, 1)} \n\n ${one} ${one}`, 3],
    ['lists', `${JSON.stringify([SYSTEM, SYSTEM], null, 1)}\n${JSON.stringify([{ kms_id: 1 }])}`, 3],
  ]) {
    test(name, async () => {
      for (const args of [['-'], [file(text, 'several.json')]]) {
        const { stdout } = await cts(['validate', ...args, '--json'], { input: text });
        const objects = objectsOf(stdout);
        assert.equal(objects.at(-1).lines, lines);
        const [bad] = objects.filter(({ issues }) => issues?.some(({ path }) => path[0] === 'kms_id'));
        const before = text.slice(0, text.indexOf('"kms_id"'));
        const line = before.split('\n').length;
        assert.equal(bad.issues.find(({ path }) => path[0] === 'kms_id').line, line);
      }
    });
  }

  test('a mistake in a later one has its place in the file', async () => {
    const path = file(`${JSON.stringify(SYSTEM, null, 1)}\n{"a":\n 1,}\n`, 'several.json');
    const { stdout } = await cts(['validate', path]);
    assert.match(stdout, /:5 +error .*line 5, column 4\. Remove the comma before it/);
  });
});

describe('the hint for a comma', () => {
  for (const [name, text, extension, hint] of [
    ['at the end of lines', `${rows([SYSTEM, SYSTEM])},\n`, 'ndjson', /:1 .*Remove the comma at the end: NDJSON/],
    [
      'at the end of the only line',
      `${JSON.stringify(SYSTEM)},\n`,
      'ndjson',
      /:1 .*Remove the comma at the end: NDJSON/,
    ],
    ['before the end of a list', `[${JSON.stringify(SYSTEM)},\n]`, 'json', /:2 .*Remove the comma before it/],
    ['before the end of an object', '{"tracker_type":"system",}', 'json', /:1 .*Remove the comma before it/],
    [
      'before the end of an object in a line',
      '{"tracker_type":"system",}\n',
      'ndjson',
      /:1 .*Remove the comma before it/,
    ],
  ]) {
    test(name, async () => {
      const { code, stdout, stderr } = await cts(['validate', file(text, `a.${extension}`)]);
      assert.equal(code, 1);
      assert.match(stdout, hint);
      assert.doesNotMatch(stderr, /--input json/);
    });
  }

  test('two requests on a line', async () => {
    const { stdout } = await cts(['validate', file(`${JSON.stringify(SYSTEM)} ${JSON.stringify(SYSTEM)}\n`)]);
    assert.match(stdout, /:1 .*more than one value.*--input json/);
  });
});
