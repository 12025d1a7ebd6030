// The sample files of the README, and what the command says about them.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cts, folder } from './support.mjs';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const [section] = /\n## Command line\n[^]*?(?=\n## )/.exec(readme);
const blocks = Object.fromEntries(
  [...section.matchAll(/\n```(\w*)\n([^]*?)\n```(?=\n)/g)].map(([, language, content]) => [language, content]),
);
const samples = { 'trackers.ndjson': blocks.json, 'trackers.yaml': blocks.yaml };

for (const [name, content] of Object.entries(samples)) {
  test(`${name} is valid, and creates its trackers in the emulator`, async () => {
    writeFileSync(join(folder, name), `${content}\n`);
    const { code, stdout, stderr } = await cts(['validate', name, '--warnings']);
    assert.deepEqual([code, stdout], [0, ''], stderr);
    assert.equal((await cts(['create', name, '--emulator'])).code, 0);
  });
}

test('the output of validate is as shown', async () => {
  const [command, ...lines] = blocks.text.split('\n');
  const broken = samples['trackers.yaml'].replace('tracker_name: audit\n', 'tracker_name: audit logs\n');
  writeFileSync(join(folder, 'trackers.yaml'), broken);
  const { code, stdout, stderr } = await cts(command.replace('$ npx cts-tracker ', '').split(' '));
  assert.deepEqual([code, stdout + stderr], [1, `${lines.join('\n')}\n`]);
});
