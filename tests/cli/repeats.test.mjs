// Names of trackers, read where they stand: what parsing each line would give, however the bytes come.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validateCreateTracker } from 'cts-tracker';
import { internal } from '../support/internal.mjs';

const { createLineRepeats, nameOf } = await internal('cli/duplicate-trackers.ts');

const validated = (value) => validateCreateTracker(value).value;
const never = () => assert.fail('it was parsed');
const BUCKET = '"data_bucket":{"data_bucket_name":"bucket1","data_event":["READ"]}';

test('the name is that of the parsed line', () => {
  const cases = {
    [`{"tracker_type":"data","tracker_name":"a-1_B",${BUCKET}}`]: 'a-1_B',
    [`{ "tracker_name" :\t"a", "tracker_type" : "data", ${BUCKET} }\r`]: 'a',
    '{"tracker_type":"system"}': 'system',
    '{"tracker_type":"system","x":{"tracker_name":"a"}}': 'system',
    '{"tracker_type":"system","é":"tracker_name"}': 'system',
  };
  for (const [line, name] of Object.entries(cases)) assert.equal(nameOf(Buffer.from(line), never), name);
  const parsed = {
    [`{"tracker_type":"data","tracker_name":"a","tracker_name":"b",${BUCKET}}`]: 'b',
    [`{"tracker_type":"data","x":{"tracker_name":"a"},"tracker_name":"b",${BUCKET}}`]: 'b',
    [`{"tracker_type":"data","tracker_\\u006eame":"b","x":{"tracker_name":"a"},${BUCKET}}`]: 'b',
    [`{"tracker_type":"data","tracker_name":"\\u0062",${BUCKET}}`]: 'b',
    '\ufeff{"tracker_type":"data","tracker_type":"system"}': 'system',
    '{"x":{"tracker_type":"data"},"tracker_type":"system"}': 'system',
    '{"tracker_type":"system","x":"{\\"tracker_type\\":\\"data\\"}"}': 'system',
  };
  for (const [line, name] of Object.entries(parsed)) assert.equal(nameOf(Buffer.from(line), validated), name);
});

test('lines are counted the same whatever the chunks', () => {
  const lines = [
    '{"tracker_type":"system"}',
    '',
    'nonsense',
    '{"tracker_type":"system"}\r',
    ' '.repeat(100),
    '{"tracker_type":"system"}',
  ];
  const text = Buffer.from(lines.join('\n'));
  for (let size = 1; size <= text.length; size += 1) {
    const repeats = createLineRepeats(validated);
    const found = [];
    for (let at = 0; at < text.length; at += size)
      found.push(...repeats.push(text.subarray(at, at + size), new Set([3])));
    found.push(...repeats.end(new Set()));
    assert.deepEqual(
      found.map(({ line, repeated }) => [line, repeated.first.line]),
      [
        [4, 1],
        [6, 1],
      ],
    );
  }
});
