// cts-tracker validate.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createNdjsonValidator } from 'cts-tracker';
import { cts, file, linesOf, objectsOf, start, tracker, trackers } from './support.mjs';

const SYSTEM = { tracker_type: 'system' };
const WRONG = {
  tracker_type: 'data',
  tracker_name: 'a b',
  data_bucket: { data_bucket_name: 'bucket', data_event: ['READ'] },
};
const MIXED = `${JSON.stringify(SYSTEM)}\n${JSON.stringify(WRONG)}\n\n{"tracker_type":\n${JSON.stringify({ ...tracker(0), kmsid: 1 })}\n`;

describe('validate', () => {
  test('prints place, field, code and message in columns', async () => {
    const path = file(MIXED, 'mixed.ndjson');
    const { code, stdout, stderr } = await cts(['validate', path]);
    assert.equal(code, 1);
    const rows = linesOf(stdout);
    assert.equal(rows.length, 2);
    assert.match(
      rows[0],
      new RegExp(`^${path}:2 +error +tracker_name +invalid_character +Use only .* a space\\. \\[CTS\\.0203\\]$`),
    );
    assert.match(rows[1], new RegExp(`^${path}:4 +error +\\(request\\) +invalid_json +.*line 4, column 17`));
    assert.equal(rows[0].indexOf('invalid_character'), rows[1].indexOf('invalid_json'));
    const [summary, hidden] = linesOf(stderr);
    assert.equal(summary, '4 checked: 2 valid, 2 invalid, 1 with warnings');
    assert.match(hidden, /not shown: 1\. Use --warnings/);
  });

  test('shows warnings of valid requests with --warnings', async () => {
    const path = file([{ ...SYSTEM, kmsid: 1 }]);
    const plain = await cts(['validate', path]);
    assert.deepEqual([plain.code, plain.stdout], [0, '']);
    const { code, stdout } = await cts(['validate', path, '--warnings']);
    assert.equal(code, 0);
    assert.match(stdout, /:1 +warning +kmsid +unknown_key .*kms_id/);
  });

  test('suggests the other kind once if trackers look like buckets', async () => {
    const bucket = { bucket_name: 'bucket1', bucket_location: 'cn-north-1' };
    const hint = /look like buckets.*--kind checkBucket/g;
    const ndjson = file([bucket, SYSTEM, bucket]);
    const json = file(JSON.stringify([bucket, bucket]), 'buckets.json');
    for (const paths of [
      [ndjson],
      [json],
      [file('- bucket_name: bucket1\n  bucket_location: cn-north-1\n', 'buckets.yaml')],
      [ndjson, json],
    ]) {
      const { code, stderr } = await cts(['validate', ...paths]);
      assert.deepEqual([code, stderr.match(hint)?.length], [1, 1]);
    }
    assert.match((await cts(['validate', json, '--locale', 'zh-CN'])).stderr, /--kind checkBucket/);
    const { code, stdout, stderr } = await cts(['validate', ndjson, '--json']);
    assert.deepEqual([code, stderr, hint.test(stdout)], [1, '', false]);
    for (const [paths, kind] of [
      [[ndjson], 'checkBucket'],
      [[file([{ ...bucket, tracker_type: 'x' }])], 'createTracker'],
      [[file([{ bucket_name: 'bucket1' }, {}, 7])], 'createTracker'],
    ])
      assert.doesNotMatch((await cts(['validate', ...paths, '--kind', kind])).stderr, hint);
  });

  test('reports a tracker that is in the file twice as create does', async () => {
    const list = [tracker(0), SYSTEM, tracker(1), SYSTEM, tracker(0)];
    for (const [path, rows] of [
      [
        file(list),
        [
          [':4', 'system', ':2'],
          [':5', 't0', ':1'],
        ],
      ],
      [
        file(
          '\ufeff{"tracker_type":"system"}\r\n\r\n{"tracker_type":"\\u0073ystem"}\r\n{"tracker_type":"system","tracker_name":"system"}',
        ),
        [
          [':3', 'system', ':1'],
          [':4', 'system', ':1'],
        ],
      ],
      [
        file(JSON.stringify(list), 'list.json'),
        [
          [':1 #4', 'system', ':1 #2'],
          [':1 #5', 't0', ':1 #1'],
        ],
      ],
      [file('tracker_type: system\n---\ntracker_type: system\n', 'two.yaml'), [[':3:1 #2', 'system', ':1:1 #1']]],
    ]) {
      const result = await cts(['validate', path]);
      assert.deepEqual(
        [result.code, linesOf(result.stdout).map((row) => row.replace(/ +/g, ' '))],
        [
          1,
          rows.map(
            ([at, name, first]) =>
              `${path}${at} error tracker_name repeated Tracker ${name} is already in the file, at ${path}${first}. Remove one of the two.`,
          ),
        ],
      );
      assert.match(result.stderr, new RegExp(` ${rows.length} invalid`));
      assert.equal((await cts(['create', path, '--emulator'])).stdout, result.stdout);
      const machine = await cts(['validate', path, '--json']);
      const [first, ...rest] = objectsOf(machine.stdout);
      assert.deepEqual(
        [first.type, first.tracker_name, rest.at(-1).invalid, first.message.includes(rows[0][2])],
        ['repeated', rows[0][1], rows.length, true],
      );
    }
    // An invalid tracker is not a duplicate, and buckets may occur twice.
    const bucket = { bucket_name: 'bucket1', bucket_location: 'cn-north-1' };
    assert.doesNotMatch(
      (await cts(['validate', file([{ ...tracker(0), data_bucket: {} }, tracker(0)])])).stdout,
      /repeated/,
    );
    assert.equal((await cts(['validate', file([bucket, bucket]), '--kind', 'checkBucket'])).code, 0);
    // Another file may be for another project.
    assert.equal((await cts(['validate', file([SYSTEM]), file([SYSTEM])])).code, 0);
  });

  test('reports problems in the order of the lines', async () => {
    const { stdout } = await cts(['validate', file([SYSTEM, WRONG, SYSTEM, WRONG])]);
    assert.deepEqual(
      linesOf(stdout).map((row) => /:(\d) .* (repeated|invalid_character) /.exec(row).slice(1).join(' ')),
      ['2 invalid_character', '3 repeated', '4 invalid_character'],
    );
  });

  test('prints the number of the item in a list', async () => {
    const wrong = JSON.stringify(WRONG);
    const placesOf = async (path, ...options) =>
      linesOf((await cts(['validate', path, ...options])).stdout).map((row) =>
        /(?::\d+)+(?: #\d+)? /.exec(row)[0].trim(),
      );
    assert.deepEqual(await placesOf(file(`[${wrong},${wrong}]`, 'line.json')), [':1 #1', ':1 #2']);
    assert.deepEqual(await placesOf(file(`[${wrong},${wrong}]`, 'line.yaml')), [':1:25 #1', ':1:136 #2']);
    assert.deepEqual(await placesOf(file(`- ${wrong}\n---\n${wrong}\n`, 'documents.yaml')), [':1:26 #1', ':3:24 #2']);
    assert.deepEqual(await placesOf(file(wrong, 'one.json')), [':1']);
    assert.deepEqual(await placesOf(file([WRONG, WRONG])), [':1', ':2']);
    const body = JSON.stringify({ buckets: [{ bucket_name: 'XY1', bucket_location: 'cn-north-1' }] });
    assert.deepEqual(await placesOf(file(body, 'body.json'), '--kind', 'checkBucket'), [':1 #1']);
    assert.deepEqual(await placesOf(file(`[${body},${body}]`, 'bodies.json'), '--kind', 'checkBucket'), [
      ':1 #1',
      ':1 #2',
    ]);
  });

  test('counts a broken YAML document once, and reports its first error of the syntax', async () => {
    const path = file('a: [\nb: ]\nc: 1\n---\ntracker_type: system\n', 'broken.yaml');
    const { code, stdout, stderr } = await cts(['validate', path]);
    assert.deepEqual([code, stderr], [1, '2 checked: 1 valid, 1 invalid, 0 with warnings\n']);
    assert.deepEqual([linesOf(stdout).length, stdout.includes(`${path}:2:1 `)], [1, true]);
    const [bad, ...rest] = objectsOf((await cts(['validate', path, '--json'])).stdout);
    assert.deepEqual([bad.line, bad.issues.length, rest.length], [bad.issues[0].line, linesOf(stdout).length, 1]);
  });

  test('refuses UTF-16 in every format', async () => {
    const text = Buffer.from(`${JSON.stringify(SYSTEM)}\r\n`, 'utf16le');
    const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), text]);
    for (const bytes of [marked, Buffer.from(marked).swap16(), text, Buffer.from(text).swap16()]) {
      for (const name of ['windows.ndjson', 'windows.json', 'windows.yaml', 'windows']) {
        const path = file(bytes, name);
        const { code, stdout, stderr } = await cts(['validate', path]);
        assert.deepEqual([code, stdout, stderr], [1, '', `cts-tracker: ${path} is not UTF-8. Save it as UTF-8.\n`]);
      }
      assert.match(
        (await cts(['validate', '-', '--input', 'ndjson'], { input: bytes })).stderr,
        /<stdin> is not UTF-8/,
      );
      assert.deepEqual((await cts(['create', file(bytes), '--emulator'])).code, 1);
    }
  });

  test('notes that a file contains no requests', async () => {
    for (const path of [file(''), file('\n \n'), file('[]', 'empty.json'), file('', 'empty.yaml'), '/dev/null']) {
      for (const args of [
        ['validate', path],
        ['validate', path, '--kind', 'checkBucket'],
        ['create', path, '--emulator'],
        ['check', path, '--emulator'],
      ]) {
        const { code, stdout, stderr } = await cts(args);
        assert.deepEqual([args, code, stdout, stderr.split('\n')[0]], [args, 0, '', `${path} contains no requests.`]);
        assert.equal((await cts([...args, '--json'])).stderr, '');
      }
    }
    assert.match((await cts(['validate', '-', '--locale', 'zh-CN'], { input: '' })).stderr, /<stdin> 中没有请求。/);
    assert.doesNotMatch((await cts(['validate', file([SYSTEM])])).stderr, /no requests/);
  });

  test('suggests --input json once if the lines are a single JSON text', async () => {
    const hint = /single JSON text.*--input json/g;
    const list = file(JSON.stringify([SYSTEM]), 'list.ndjson');
    const printed = file(JSON.stringify(trackers(3), null, 2), 'printed.ndjson');
    const one = file(JSON.stringify(SYSTEM, null, 2), 'one.jsonl');
    for (const args of [
      ['validate', list],
      ['validate', printed],
      ['validate', one],
      ['validate', list, printed],
      ['create', list, '--emulator'],
      ['check', printed, '--emulator'],
    ]) {
      const { code, stderr } = await cts(args);
      assert.deepEqual([args, code, stderr.match(hint)?.length], [args, 1, 1]);
    }
    assert.match((await cts(['validate', list, '--locale', 'zh-CN'])).stderr, /--input json/);
    assert.equal((await cts(['validate', list, '--json'])).stderr, '');
    for (const path of [file(MIXED), file([[SYSTEM], SYSTEM]), file('{"tracker_type":\n'), file([WRONG])]) {
      assert.doesNotMatch((await cts(['validate', path])).stderr, hint);
    }
  });

  for (const option of [['--json'], ['--format', 'json']]) {
    test(`prints one JSON object per line with ${option.join(' ')}`, async () => {
      const path = file(MIXED, 'mixed.ndjson');
      const { code, stdout, stderr } = await cts(['validate', path, ...option]);
      assert.equal(code, 1);
      assert.equal(stderr, '');
      const [first, second, summary, ...rest] = objectsOf(stdout);
      assert.deepEqual(rest, []);
      assert.deepEqual(
        [first.type, first.file, first.line, first.issues[0].code, first.issues[0].path],
        ['bad', path, 2, 'invalid_character', ['tracker_name']],
      );
      assert.equal(second.issues[0].code, 'invalid_json');
      assert.deepEqual(summary, {
        type: 'summary',
        command: 'validate',
        files: 1,
        lines: 4,
        valid: 2,
        invalid: 2,
        warned: 1,
        hidden_warnings: 1,
      });
    });
  }

  test('reads one request or a list from JSON, with the line of each field', async () => {
    const one = await cts([
      'validate',
      file('{\n "tracker_type": "system",\n "data_bucket": {}\n}', 'one.json'),
      '--json',
    ]);
    assert.deepEqual(
      [one.code, objectsOf(one.stdout)[0].issues.map(({ code, line }) => [code, line])],
      [1, [['forbidden', 3]]],
    );
    const list = await cts([
      'validate',
      file('[{"tracker_type":"system"},\n{"tracker_type":\n"x"}]', 'list.json'),
      '--json',
    ]);
    const [bad] = objectsOf(list.stdout);
    assert.deepEqual([bad.item, bad.line, bad.issues[0].code, bad.issues[0].line], [2, 2, 'invalid_enum', 2]);
  });

  test('reads lists, documents and anchors from YAML, with the place of each field', async () => {
    const path = file(
      [
        '- &base',
        '  tracker_type: data',
        '  tracker_name: one',
        '  data_bucket:',
        '    data_bucket_name: tracked',
        '    data_event: [READ]',
        '- <<: *base',
        '  tracker_name: on two',
        '---',
        'tracker_type: system',
        'is_lts_enabled: yes',
        '',
      ].join('\n'),
      'trackers.yaml',
    );
    const { code, stdout } = await cts(['validate', path, '--json']);
    assert.equal(code, 1);
    const [first, second, summary] = objectsOf(stdout);
    assert.deepEqual(
      first.issues.map(({ code, path, line, column }) => [code, path, line, column]),
      [['invalid_character', ['tracker_name'], 8, 3]],
    );
    // In YAML 1.2, `yes` is a string.
    assert.deepEqual(
      second.issues.map(({ code, params, line }) => [code, params.actual, line]),
      [['invalid_type', 'string', 11]],
    );
    assert.equal(summary.lines, 3);
  });

  test('reports syntax errors of JSON and YAML', async () => {
    for (const [content, name, code, line] of [
      ['[{"tracker_type":"system"},\n {"tracker_type" 1}]', 'broken.json', 'invalid_json', 2],
      ['[\n{"tracker_type":"sys\ntem"}]', 'break.json', 'invalid_json', 2],
      ['[{}', 'cut.json', 'invalid_json', 1],
      ['', 'empty.json', 'invalid_json', 1],
      ['tracker_type: data\ntracker_name: [', 'broken.yaml', 'invalid_yaml', 2],
      ['a: 1\na: 2\n', 'twice.yaml', 'invalid_yaml', 2],
      ['x: *nothing\n', 'alias.yaml', 'invalid_yaml', 1],
      [
        `a0: &a0 [x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]\n`).join('')}`,
        'bomb.yaml',
        'invalid_yaml',
        13,
      ],
    ]) {
      const { code: exit, stdout, stderr } = await cts(['validate', file(content, name), '--json']);
      assert.deepEqual([name, exit, stderr], [name, 1, '']);
      const [bad] = objectsOf(stdout);
      assert.deepEqual([name, bad.issues[0].code, bad.line], [name, code, line]);
    }
  });

  test('recognizes the format of standard input by its first line', async () => {
    for (const [input, lines] of [
      [MIXED, 4],
      [JSON.stringify([SYSTEM, SYSTEM], null, 2), 2],
      [JSON.stringify(SYSTEM, null, 2), 1],
      [JSON.stringify(SYSTEM), 1],
      ['\ufefftracker_type: system\n', 1],
      ['- tracker_type: system\n- tracker_type: system\n', 2],
      [`\ufeff${JSON.stringify(SYSTEM)}\r\n${JSON.stringify(SYSTEM)}\r\n`, 2],
      ['', 0],
    ]) {
      const { stdout } = await cts(['validate', '-', '--json'], { input });
      assert.deepEqual([input, objectsOf(stdout).at(-1).lines], [input, lines]);
    }
    const forced = await cts(['validate', '-', '--input', 'yaml', '--json'], { input: JSON.stringify(SYSTEM) });
    assert.equal(objectsOf(forced.stdout)[0].lines, 1);
  });

  test('validates single buckets and whole request bodies', async () => {
    const bucket = { bucket_name: 'X', bucket_location: 'cn-north-1' };
    for (const path of [file([bucket]), file(JSON.stringify({ buckets: [bucket] }), 'b.json')]) {
      const { code, stdout } = await cts(['validate', path, '--kind', 'checkBucket', '--json']);
      assert.equal(code, 1);
      assert.deepEqual(
        objectsOf(stdout)[0].issues.map((issue) => issue.path),
        [['bucket_name'], ['bucket_name']],
      );
    }
  });

  test('validates the other files if one cannot be read', async () => {
    const { code, stdout, stderr } = await cts(['validate', 'missing.ndjson', file([WRONG])]);
    assert.equal(code, 2);
    assert.match(stdout, /invalid_character/);
    assert.match(stderr, /File not found: missing\.ndjson/);
  });

  test('prints Chinese with --locale zh-CN', async () => {
    const { stdout, stderr } = await cts(['validate', file([WRONG]), '--locale', 'zh-CN']);
    assert.match(stdout, /错误 .*仅支持大小写字母/);
    assert.match(stderr, /，1个无效，/);
  });

  test('escapes control characters from a file', async () => {
    const path = file([{ ...SYSTEM, '\u001b[2J\u202e\nx': 1 }]);
    const { stdout } = await cts(['validate', path, '--warnings']);
    assert.match(stdout, /\\u001b\[2J/);
    assert.doesNotMatch(stdout, /[\u001b\u202e\r]/);
    assert.equal(linesOf(stdout).length, 1);
  });

  test('stops without an error when its reader closes the pipe', async () => {
    const path = file(Array(20_000).fill(WRONG));
    const { child, ended, output } = start(['validate', path]);
    child.stdout.once('data', () => child.stdout.destroy());
    const { code, signal } = await ended;
    assert.deepEqual([code, signal], [1, null]);
    assert.doesNotMatch(output.stderr, /EPIPE|at .*:\d+/);
    // It does not read the rest of the file.
    assert.ok(Number(/^(\d+) checked/.exec(output.stderr)[1]) < 20_000, output.stderr);
  });

  test('validates a stream that is larger than its memory', async () => {
    const note = 'x'.repeat(4000);
    const line = (i) => `${JSON.stringify({ ...tracker(i), note })}\n`;
    const { child, ended } = start(['validate', '-', '--input', 'ndjson', '--json'], { input: null });
    let sent = 0;
    let count = 0;
    while (sent < 300_000_000) {
      const chunk = Buffer.from(Array.from({ length: 256 }, (_, i) => line(count + i)).join(''));
      count += 256;
      if (!child.stdin.write(chunk))
        await new Promise((done) => {
          child.stdin.once('drain', done);
        });
      sent += chunk.length;
    }
    const peak = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) * 1024;
    child.stdin.end();
    const { code, stdout } = await ended;
    assert.equal(code, 0);
    assert.equal(objectsOf(stdout)[0].valid, count);
    assert.ok(peak < sent / 1.5, `${peak} bytes for ${sent}`);
  });

  test('reports the same issues as the library', async () => {
    const { bad } = (() => {
      const validator = createNdjsonValidator('createTracker');
      validator.push(Buffer.from(MIXED));
      return validator.end();
    })();
    const { stdout } = await cts(['validate', '-', '--json'], { input: MIXED });
    assert.deepEqual(
      objectsOf(stdout)
        .filter(({ type }) => type === 'bad')
        .map(({ line, issues }) => ({ line, issues })),
      bad.map(({ line, issues }) => ({ line, issues: JSON.parse(JSON.stringify(issues)) })),
    );
  });
});
