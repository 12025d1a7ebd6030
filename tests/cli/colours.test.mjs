// Colours: on a terminal only, and never from a file.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { CLI, cts, file, tracker } from './support.mjs';

const run = promisify(execFile);
/** Runs the command on a terminal of its own, and returns what it shows. */
async function onTerminal(args, env = {}) {
  const line = [process.execPath, CLI, ...args].map((part) => `'${part}'`).join(' ');
  const options = { env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...env } };
  const { stdout } = await run('script', ['-qec', `${line}; true`, '/dev/null'], options);
  // Without the progress bar.
  return stdout.replace(/\r\u001b\[2K[^\n]*?(?=\r\u001b\[2K|$)/g, '').replaceAll('\r', '');
}
const COLOUR = /\u001b\[\d+m/;
const RED = /\u001b\[31m(\S+)\u001b\[39m/g;
const texts = (output, pattern) => [...output.matchAll(pattern)].map(([, text]) => text);

describe('colours', { skip: process.platform === 'win32' }, () => {
  const path = file([{ tracker_type: 'x', '\u001b[31mred': 1 }]);
  const commands = {
    validate: [['validate', path], ['error']],
    'an error': [['validate', 'missing.ndjson'], ['cts-tracker:']],
    check: [
      [
        'check',
        file([
          { bucket_name: 'b-1', bucket_location: 'x' },
          { bucket_name: 'b-1', bucket_location: 'y' },
        ]),
        '--emulator',
      ],
      ['failed'],
    ],
    doctor: [['doctor', '--offline', '--region', 'no-such'], ['FAIL']],
  };
  for (const [name, [args, red]] of Object.entries(commands)) {
    test(`of ${name} are on a terminal only`, async () => {
      const shown = await onTerminal(args);
      assert.deepEqual(texts(shown, RED), red, JSON.stringify(shown));
      const plain = shown.replace(/\u001b\[\d+m/g, '');
      for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) assert.equal(await onTerminal(args, env), plain);
      const { stdout, stderr } = await cts(args, { env: { TERM: 'xterm-256color' } });
      assert.doesNotMatch(stdout + stderr, COLOUR);
    });
  }

  test('of create show what was created', async () => {
    const shown = await onTerminal(['create', file([tracker(0)]), '--emulator']);
    assert.match(shown, /\u001b\[32mcreated\u001b\[39m +t0 /);
  });

  test('never come from a file, and --json has none', async () => {
    assert.match(await onTerminal(['validate', path]), /\\u001b\[31mred/);
    assert.doesNotMatch(await onTerminal(['validate', path, '--json']), COLOUR);
  });
});
