// Wrong usage of all commands, help and the version.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { version } from 'cts-tracker';
import { cts, file, folder, linesOf, objectsOf } from './support.mjs';

const SYSTEM = { tracker_type: 'system' };

describe('wrong usage exits with 2 and a one-line error', () => {
  const good = file([SYSTEM]);
  const cases = {
    'no command': [[], /cts-tracker validate/],
    'an unknown command': [['destroy'], /Unknown command: destroy/],
    'a command that is a property of every object': [['constructor'], /Unknown command: constructor/],
    'an unknown option': [['validate', good, '--fast'], /--fast/],
    'an option without a value': [['validate', good, '--kind'], /--kind/],
    'an unknown kind': [['validate', good, '--kind', 'x'], /createTracker, checkBucket/],
    'an unknown locale': [['validate', good, '--locale', 'fr'], /en, zh-CN/],
    'no file': [['validate'], /No file given/],
    'two files to create': [['create', good, good, '--emulator'], /exactly one file/],
    'a missing file': [['validate', 'nothing.json'], /File not found/],
    'a directory': [['validate', folder], /is a directory/],
    'no service': [['check', good], /--base-url/],
    'two services': [['check', good, '--emulator', '--region', 'cn-north-1'], /--emulator, --region/],
    'no service to list': [['list', '--project-id', 'p'], /No service given.*--region/],
    'an unknown type to list': [['list', '--type', 'x'], /system, data/],
    'an empty name to list': [['list', '--name', ''], /--name must not be empty/],
    'an invalid base URL': [['check', good, '--base-url', 'ftp://x', '--domain-id', 'd'], /--base-url must be/],
    'no project ID': [['create', good, '--base-url', 'http://127.0.0.1:9'], /--project-id.*HUAWEICLOUD_SDK_PROJECT_ID/],
    'an invalid project ID': [
      ['create', good, '--base-url', 'http://127.0.0.1:9', '--project-id', 'a/b'],
      /--project-id: /,
    ],
    'no keys': [
      ['create', good, '--region', 'cn-north-1', '--project-id', 'p'],
      /HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK/,
    ],
    'a number out of range': [['check', good, '--emulator', '--concurrency', '0'], /from 1 to 64/],
    'a proxy without an upstream': [['proxy'], /--region or --endpoint/],
    'a file for a command that takes none': [['doctor', good], /no file/],
    'no journal for standard input': [
      ['create', '-', '--base-url', 'http://127.0.0.1:9', '--project-id', 'p'],
      /--journal/,
    ],
  };
  for (const [name, [args, pattern]] of Object.entries(cases)) {
    test(name, async () => {
      const { code, stdout, stderr } = await cts(args, { input: '' });
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, pattern);
      assert.doesNotMatch(stderr, /\n\s+at /);
      if (args.length === 0) return;
      const machine = await cts([...args, '--json'], { input: '' });
      assert.equal(machine.code, 2);
      const [object, ...more] = objectsOf(machine.stdout);
      assert.deepEqual([object.type, more], ['error', []]);
      assert.match(object.message, pattern);
    });
  }

  test('a missing value, or one that begins with a dash, is an error in the chosen language', async () => {
    for (const [args, sentence] of [
      [['emulator', '--latency', '-1'], '--latency must be an integer from 0 to 600000.'],
      [['emulator', '--latency'], '--latency must be an integer from 0 to 600000.'],
      [['validate', good, '--kind', '-x', '--locale', 'zh-CN'], '--kind 必须是以下之一：createTracker、checkBucket'],
      [['create', good, '--journal', '-x'], "Option '--journal' argument is ambiguous"],
    ]) {
      const { code, stderr } = await cts(args);
      assert.deepEqual([args, code, stderr.split('\n')[0]], [args, 2, `cts-tracker: ${sentence}`]);
    }
  });

  test('a file without read permission', async () => {
    // Other users cannot enter the directory of the other files.
    const path = join('/tmp', `cts-tracker-denied-${process.pid}.ndjson`);
    writeFileSync(path, '{}\n');
    chmodSync(path, 0o000);
    const other = process.getuid() === 0 ? { uid: 65534, gid: 65534, cwd: '/tmp' } : {};
    const { code, stderr } = await cts(['validate', path], other);
    chmodSync(path, 0o600);
    writeFileSync(path, '');
    assert.match(stderr, /No permission/);
    assert.equal(code, 2);
  });

  test('a file that is not UTF-8 exits with 1, and an empty one with 0', async () => {
    const path = file('', 'latin.json');
    writeFileSync(path, Buffer.from([0x22, 0xe9, 0x22]));
    const { code, stderr } = await cts(['validate', path]);
    assert.deepEqual([code, /not UTF-8/.test(stderr)], [1, true]);
    mkdirSync(join(folder, 'sub'), { recursive: true });
    assert.equal((await cts(['validate', '/dev/null'])).code, 0);
  });
});

describe('help', () => {
  const commands = ['validate', 'check', 'create', 'list', 'proxy', 'emulator', 'doctor'];
  test('exists for every command in both languages', async () => {
    for (const command of commands) {
      for (const locale of ['en', 'zh-CN']) {
        const { code, stdout, stderr } = await cts([command, '--help', '--locale', locale]);
        assert.deepEqual([command, code, stderr], [command, 0, '']);
        assert.ok(stdout.startsWith(`cts-tracker ${command}`), stdout);
        assert.equal(/[\u4e00-\u9fff]/.test(stdout), locale === 'zh-CN');
      }
    }
    const same = (await cts(['help', 'create'])).stdout;
    assert.equal(same, (await cts(['create', '-h'])).stdout);
    for (const args of [['--help'], ['-h'], ['help'], ['--locale', 'zh-CN', '--help']]) {
      const { code, stdout } = await cts(args);
      assert.equal(code, 0);
      for (const command of commands) assert.match(stdout, new RegExp(`cts-tracker ${command}`));
    }
  });

  test('lists every exit code', async () => {
    for (const locale of ['en', 'zh-CN']) {
      for (const args of [
        ['--help', '--locale', locale],
        ...['validate', 'check', 'create', 'list'].map((command) => [command, '--help', '--locale', locale]),
      ]) {
        const [exits] = linesOf((await cts(args)).stdout).slice(-1);
        for (const code of [0, 1, 2, 3, 130, 143]) assert.match(exits, new RegExp(`\\b${code}[:：]`), `${args}`);
      }
    }
  });

  test('--version prints the version of the package', async () => {
    assert.deepEqual(await cts(['--version']), { code: 0, signal: null, stdout: `${version}\n`, stderr: '' });
  });
});
