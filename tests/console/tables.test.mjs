// CSV, formats of files, and rows of buckets, without a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importConsole } from './import-console.mjs';

const { parseCsv, toCsv } = await importConsole('csv.ts');
const { formatOf, itemsOf, kindOf } = await importConsole('validate-file/format.ts');
const { issuesByRow, requestOf, rowsOf } = await importConsole('check-buckets/rows.ts');
const { MAX_KEPT, Report } = await importConsole('validate-file/report.ts');

test('CSV: quotes, separators, line ends and a byte order mark', () => {
  assert.deepEqual(parseCsv('\ufeffname,region\r\n"a,b","c ""d"""\r\n\r\n x , y \n'), [
    ['name', 'region'],
    ['a,b', 'c "d"'],
    ['x', 'y'],
  ]);
  assert.deepEqual(parseCsv('a;b\nc;d'), [
    ['a', 'b'],
    ['c', 'd'],
  ]);
  assert.deepEqual(parseCsv('a\tb'), [['a', 'b']]);
  assert.deepEqual(parseCsv('one\ntwo'), [['one'], ['two']]);
  assert.deepEqual(parseCsv('"line\nbreak",x'), [['line\nbreak', 'x']]);
  assert.deepEqual(parseCsv(' \n'), []);
});

test('CSV: what is written is read again, and no cell is a formula', () => {
  const rows = [
    ['a,b', 'c"d', 'e\nf'],
    ['', '桶', ' '],
  ];
  assert.deepEqual(parseCsv(toCsv(rows)), [rows[0], ['', '桶', '']]);
  for (const text of ['=1+1', '+1', '-1', '@x', '\tx', '\rx'])
    assert.match(toCsv([[text]]), /^"?'/, JSON.stringify(text));
  assert.equal(toCsv([[-5, 'a-b']]), '-5,a-b\r\n');
});

test('the format of a file', () => {
  for (const [name, text, format] of [
    ['a.ndjson', 'x', 'ndjson'],
    ['a.jsonl', '', 'ndjson'],
    ['a.yml', '{}', 'yaml'],
    ['a', '{"a":1}\n{"a":2}\n', 'ndjson'],
    ['a.json', '{"a":1}\n\n{"a":2', 'ndjson'],
    ['a.json', '{\n"a":1}', 'json'],
    ['a', '\ufeff [{}]', 'json'],
    ['a', '{"a":1}', 'json'],
    ['a', 'tracker_type: system', 'yaml'],
    ['a', '- tracker_type: system', 'yaml'],
  ])
    assert.equal(formatOf(name, text), format, `${name} ${text}`);
});

test('the requests of documents', () => {
  assert.deepEqual(itemsOf([[1, 2], { buckets: [3] }, { a: 1 }, null, 'x']), [1, 2, 3, { a: 1 }, 'x']);
  assert.equal(kindOf({ bucket_name: 'a' }), 'checkBucket');
  assert.equal(kindOf({ tracker_type: 'data', data_bucket: {} }), 'createTracker');
  assert.equal(kindOf(undefined), 'createTracker');
});

test('rows of buckets: headings, the default region, and encryption by a key', () => {
  const cells = [
    ['Bucket_Name', 'region'],
    ['bucket1', ''],
    ['bucket2', 'cn-north-2', 'key'],
  ];
  const rows = rowsOf(cells, 'cn-north-1');
  assert.deepEqual(rows.map(requestOf), [
    { bucket_name: 'bucket1', bucket_location: 'cn-north-1' },
    {
      bucket_name: 'bucket2',
      bucket_location: 'cn-north-2',
      kms_id: 'key',
      is_support_trace_files_encryption: true,
    },
  ]);
  const issues = [{ path: ['buckets', 1, 'bucket_name'] }, { path: ['buckets', 1] }, { path: ['buckets'] }];
  assert.deepEqual(issuesByRow(issues, 2), [[], [issues[0], issues[1]]]);
});

test('a report keeps a limited number of findings, and counts all', () => {
  const report = new Report();
  const issues = Array.from({ length: MAX_KEPT + 5 }, () => ({ code: 'required', path: [], severity: 'error' }));
  report.add([{ line: 1, issues, warnings: [{ code: 'unused', path: [], severity: 'warning' }] }]);
  assert.equal(report.findings.length, MAX_KEPT);
  assert.equal(report.dropped, 6);
  assert.deepEqual(Object.fromEntries(report.codes), { required: MAX_KEPT + 5, unused: 1 });
  assert.equal(report.withCode('unused').length, 0);
  assert.equal(report.withCode('').length, MAX_KEPT);
});
