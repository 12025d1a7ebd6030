// Finding the tracker name of a line without parsing it must give the same name as parsing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { internal } from '../support/internal.mjs';

const { createNameIndex, findTrackerName, trackerNameOfLine } = await internal('cli/duplicate-trackers.ts');
const { completeLines, linesOf } = await internal('cli/input.ts');

const BUCKET = '"data_bucket":{"data_bucket_name":"bucket1","data_event":["READ"]}';

test('the tracker name of a line is that of the parsed line', () => {
  const foundInPlace = {
    [`{"tracker_type":"data","tracker_name":"a-1_B",${BUCKET}}`]: 'a-1_B',
    [`{ "tracker_name" :\t"a", "tracker_type" : "data", ${BUCKET} }\r`]: 'a',
    '{"tracker_type":"system"}': 'system',
    '{"tracker_type":"system","x":{"tracker_name":"a"}}': 'system',
    '{"tracker_type":"system","é":"tracker_name"}': 'system',
  };
  for (const [line, name] of Object.entries(foundInPlace)) {
    assert.equal(findTrackerName(Buffer.from(line)), name);
    assert.equal(trackerNameOfLine(Buffer.from(line)), name);
  }
  const parsed = {
    [`{"tracker_type":"data","tracker_name":"a","tracker_name":"b",${BUCKET}}`]: 'b',
    [`{"tracker_type":"data","x":{"tracker_name":"a"},"tracker_name":"b",${BUCKET}}`]: 'b',
    [`{"tracker_type":"data","tracker_\\u006eame":"b","x":{"tracker_name":"a"},${BUCKET}}`]: 'b',
    [`{"tracker_type":"data","tracker_name":"\\u0062",${BUCKET}}`]: 'b',
    '\ufeff{"tracker_type":"data","tracker_type":"system"}': 'system',
    '{"x":{"tracker_type":"data"},"tracker_type":"system"}': 'system',
    '{"tracker_type":"system","x":"{\\"tracker_type\\":\\"data\\"}"}': 'system',
  };
  for (const [line, name] of Object.entries(parsed)) {
    assert.equal(findTrackerName(Buffer.from(line)), undefined);
    assert.equal(trackerNameOfLine(Buffer.from(line)), name);
  }
});

test('the index returns the first place of a name', () => {
  const firstPlace = createNameIndex();
  assert.deepEqual(
    ['a', 'b', 'a', 'a'].map((name, i) => firstPlace(name, { line: i + 1 })),
    [undefined, undefined, { line: 1 }, { line: 1 }],
  );
});

test('lines are the same however the input is cut into chunks', async () => {
  const lines = ['{"tracker_type":"system"}', '', 'no JSON', '{"tracker_type":"system"}\r', ' '.repeat(100), '{"é":1}'];
  for (const text of [lines.join('\n'), `${lines.join('\n')}\n`]) {
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size += 1) {
      const chunks = (async function* cut() {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      })();
      const found = [];
      for await (const chunk of completeLines(chunks)) found.push(...linesOf(chunk));
      assert.deepEqual(found.map(String), lines);
    }
  }
});
