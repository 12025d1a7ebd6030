// Every package that is installed or compiled comes from its registry, and its content is pinned.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support/project.mjs';

const files = execFileSync('git', ['ls-files', '*package-lock.json', '*Cargo.lock'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);

test('there are lock files to check', () => {
  assert.ok(files.filter((file) => file.endsWith('package-lock.json')).length >= 5);
  assert.ok(files.filter((file) => file.endsWith('Cargo.lock')).length >= 2);
});

for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  if (file.endsWith('Cargo.lock')) {
    test(`${file}: crates come from crates.io and have a checksum`, () => {
      const wrong = text.split('[[package]]').filter((block) => {
        const source = /^source = "(.*)"$/m.exec(block)?.[1];
        return (
          source &&
          (!source.startsWith('registry+https://github.com/rust-lang/crates.io-index') ||
            !/^checksum = "[0-9a-f]{64}"$/m.test(block))
        );
      });
      assert.deepEqual(wrong, []);
    });
  } else {
    test(`${file}: packages come from the registry and have a hash`, () => {
      const { packages } = JSON.parse(text);
      const wrong = Object.entries(packages).filter(
        ([path, entry]) =>
          path.includes('node_modules/') &&
          !entry.link &&
          !entry.inBundle &&
          (!/^sha512-/.test(entry.integrity ?? '') ||
            (entry.resolved && !entry.resolved.startsWith('https://registry.npmjs.org/'))),
      );
      assert.deepEqual(
        wrong.map(([path]) => path),
        [],
      );
    });
  }
}
