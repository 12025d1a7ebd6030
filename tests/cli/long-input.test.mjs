// Time and memory grow linearly with the input, and signals are handled meanwhile.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { internal } from '../support/internal.mjs';
import { cts, file, objectsOf, start } from './support.mjs';

const { recognizeFormat } = await internal('cli/input-format.ts');
const { offsetOf, offsetsOfJson, Positions } = await internal('cli/positions.ts');
const { createColumns } = await internal('cli/columns.ts');

const items = (count, separator) => `[${Array(count).fill('{}').join(separator)}]`;
/** Each takes less than 1 s. A time in a name is that of an earlier version. */
const INPUTS = {
  'newlines inside JSON (44 s)': ['json', `{"tracker_type":"system",${'\n'.repeat(200_000)}"a":1}`],
  'newlines before an error (28 s for half as many)': ['json', `{${'\n'.repeat(200_000)}x`],
  'newlines of unknown format (over 60 s)': [undefined, `{${'\n'.repeat(200_000)}"tracker_type":"system"}`],
  'escaped quotes': ['json', `{"tracker_type":"system","a":"${'\\"'.repeat(80_000)}"}`],
  'keys with escapes': ['json', `{${Array.from({ length: 20_000 }, (_, i) => `"a${i}\\"":1`).join()}}`],
  'empty items (21 s)': ['json', items(80_000, ',')],
  'nested lists': ['json', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  'newlines in a YAML flow (16 s for a quarter as many)': ['yaml', `{a: 1,${'\n '.repeat(200_000)}b: 1}\n`],
  'aliases (55 s)': ['yaml', `- &a {}\n${'- *a\n'.repeat(50_000)}`],
  'anchors (22 s)': ['yaml', `${'&a '.repeat(50_000)}\n`],
  'tags (31 s)': ['yaml', `${'!a '.repeat(50_000)}\n`],
  'flow keys (18 s)': ['yaml', `{${'a,'.repeat(50_000)}}\n`],
  'keys (9 s)': ['yaml', Array.from({ length: 20_000 }, (_, i) => `a${i}: 1\n`).join('')],
  'levels of blocks': ['yaml', `${'- '.repeat(20_000)}\n`],
  'levels of flows': ['yaml', `a: ${'['.repeat(20_000)}\n`],
};
const LIMIT_MS = 8_000;
/** Prints the CPU time of the command, which other processes do not lengthen. */
const NODE_OPTIONS =
  "--import=data:text/javascript,process.on('exit',()=>console.error('CPU',process.cpuUsage().user))";

const cpuMs = (stderr) => Number(/^CPU (\d+)$/m.exec(stderr)?.[1]) / 1000;

describe('no input takes long', { concurrency: false }, () => {
  for (const [name, [format, content]] of Object.entries(INPUTS)) {
    test(name, async () => {
      const args = ['validate', file(content, 'input'), ...(format ? ['--input', format] : [])];
      const { code, stderr } = await cts(args, { env: { NODE_OPTIONS } });
      assert.ok(code === 0 || code === 1, stderr);
      assert.match(stderr, /\d+ checked/);
      const took = cpuMs(stderr);
      assert.ok(took < LIMIT_MS, `${took} ms`);
    });
  }
});

/** CPU time, the median of a few runs. */
function timeOf(work) {
  const times = [];
  for (let i = 0; i < 5; i += 1) {
    const started = process.cpuUsage();
    work();
    times.push(process.cpuUsage(started).user / 1000);
  }
  return times.sort((a, b) => a - b)[2];
}

test('four times the input takes less than eight times as long', () => {
  for (const [name, work] of Object.entries({
    newlines: (count) => recognizeFormat(`{${'\n'.repeat(count * 10)}`),
    spaces: (count) => recognizeFormat(`{${' \n \n'.repeat(count * 5)}`),
    lines: (count) => offsetsOfJson(`[${'\n'.repeat(count)}${items(count, ',\n')}]`),
    escapes: (count) => offsetsOfJson(`["${'\\"'.repeat(count)}","${'\\\\'.repeat(count)}"]`),
  })) {
    const base = timeOf(() => work(100_000));
    const longer = timeOf(() => work(400_000));
    assert.ok(longer < 8 * base + 50, `${name}: ${base} ms, ${longer} ms`);
  }
});

test('a long cell does not widen the rows after it', () => {
  const align = createColumns([4, 4]);
  align([['x'.repeat(10_000), 'a', 'b']]);
  assert.ok(align([['y', 'a', 'b']])[0].length < 100);
});

test('finds the line of each field, or of the value that contains it', () => {
  const text = '{\r\n "a\\n": [1, "\\\\",\n {"b" :\n {}}, [],\n\n-1e5], "c": "}\\"",\n"a": true}';
  const lineOf = (json, path) => new Positions(json).lineOf(offsetOf(offsetsOfJson(json), path));
  const found = [
    [],
    ['a\n'],
    ['a\n', 1],
    ['a\n', 2, 'b'],
    ['a\n', 3],
    ['a\n', 4],
    ['a\n', 9],
    ['c'],
    ['a'],
    ['d', 'e'],
  ];
  assert.deepEqual(
    found.map((path) => lineOf(text, path)),
    [1, 2, 2, 3, 4, 6, 2, 6, 7, 1],
  );
  for (const [value, line] of [
    ['"x"', 1],
    ['\n\n7', 3],
    ['\n[]', 2],
  ])
    assert.equal(lineOf(value, [0]), line);
  // Deeper than any field is the place of the value around it.
  const deep = `[{"a":${'['.repeat(9)}\n"]"${']'.repeat(9)},\n"b":1}]`;
  assert.deepEqual([lineOf(deep, [0, 'a', 0, 0, 0, 0, 0, 0, 0, 0]), lineOf(deep, [0, 'b'])], [1, 3]);
});

test('a key that occurs twice and aliases that multiply are errors of YAML; many uses of an anchor are not', async () => {
  const twice = await cts(['validate', file('{a: 1,\n a: 2}', 'a.yaml'), '--json']);
  assert.match(objectsOf(twice.stdout)[0].issues[0].message, /the key a occurs twice/);
  const many = `- &a {tracker_type: system}\n${'- {<<: *a}\n'.repeat(300)}`;
  const { stdout } = await cts(['validate', file(many, 'b.yaml'), '--json']);
  assert.equal(objectsOf(stdout).at(-1).lines, 301);
});

test('a line of NDJSON, a JSON and a YAML document have a limit that the error and the help name', async () => {
  async function endless(args, first) {
    const run = start(['validate', '-', ...args], { input: true });
    run.child.stdin.on('error', () => {});
    const part = Buffer.alloc(1 << 20, 'x');
    run.child.stdin.write(first);
    let ended = false;
    let sent = 0;
    for (; !ended && sent < 200; sent += 1) {
      await new Promise((resolve) => {
        run.child.stdin.write(part, (error) => {
          ended = Boolean(error);
          resolve();
        });
      });
    }
    run.child.stdin.destroy();
    return { ...(await run.ended), sent };
  }
  for (const [format, first, max] of [
    ['ndjson', '{"a":"', 64],
    ['json', '{"a":"', 64],
    ['yaml', 'a: ', 4],
  ]) {
    const { stderr, sent } = await endless(['--input', format], first);
    assert.match(stderr, new RegExp(`longer than ${max} MiB|larger than ${max} MiB`), format);
    assert.ok(sent < max + 30, `${format}: ${sent} MiB`);
  }
  const { stdout } = await cts(['validate', '--help']);
  assert.match(stdout, /64 MiB, a YAML document 4 MiB/);
});

test('a signal is handled while a long file is validated', { skip: process.platform === 'win32' }, async () => {
  for (const [name, content] of [
    ['long.ndjson', '{}\n'.repeat(3_000_000)],
    ['long.json', items(1_500_000, ',')],
    ['keys.json', `{${Array.from({ length: 1_500_000 }, (_, i) => `"k${i}":1`).join()}}`],
    ['long.yaml', '- {}\n'.repeat(500_000)],
  ]) {
    const run = start(['validate', file(content, name)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { NODE_OPTIONS },
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    run.child.kill('SIGTERM');
    const { code, signal, stderr } = await run.ended;
    // Without its own handler, the process ends at once.
    if (signal === 'SIGTERM') continue;
    assert.equal(code, 143, `${name}: ${signal}`);
    // Of it, 1.5 s were before the signal; the whole file takes 7 to 50 s.
    const took = cpuMs(stderr);
    assert.ok(took < 3_500, `${name}: ${took} ms`);
  }
});
