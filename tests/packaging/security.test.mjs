// SECURITY.md names the tests of each threat. Each must exist.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support/project.mjs';

const read = (file) => readFileSync(join(root, file), 'utf8');
const rows = read('SECURITY.md')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, threat, , tests]) => ({ threat, tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, name]) => name) }));

/** The names of all tests: functions with `#[test]`, first arguments of `test`, and named cases in tests/support. */
function testNames() {
  const files = execFileSync('git', ['ls-files', '*.rs', 'tests/*.mjs'], { cwd: root, encoding: 'utf8' });
  const names = new Set();
  for (const file of files.split('\n').filter(Boolean)) {
    const text = read(file);
    const patterns = file.endsWith('.rs')
      ? [/#\[test\]\s+fn (\w+)\(/g]
      : [/\btest\(\s*'((?:[^'\\]|\\.)+)',/g, ...(file.startsWith('tests/support/') ? [/^\s*'([^']+)',$/gm] : [])];
    for (const pattern of patterns) for (const [, name] of text.matchAll(pattern)) names.add(name);
  }
  return names;
}

test('the threats of SECURITY.md have tests', () => {
  assert.ok(rows.length >= 15, `${rows.length} rows`);
  const names = testNames();
  assert.ok(names.size > 300, `${names.size} tests`);
  const missing = rows.flatMap(({ threat, tests }) => {
    if (tests.length === 0) return [`${threat}: names no test`];
    return tests.filter((name) => !names.has(name)).map((name) => `${threat}: there is no test '${name}'`);
  });
  assert.deepEqual(missing, []);
});
