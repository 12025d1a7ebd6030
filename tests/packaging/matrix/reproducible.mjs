// A build in another folder gives the same bytes. Run by npm run test:matrix.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { root, run, temporaryFolder } from '../support/project.mjs';

async function hashes(folder) {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const all = await Promise.all(
    entries.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [
        relative(folder, path),
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ];
    }),
  );
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('the build is reproducible in another folder', async () => {
  const copy = await temporaryFolder('reproducible');
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const { stdout } = await run('git', list, { cwd: root });
  for (const file of stdout.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(join(root, file), join(copy, file)).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  // Both builds use the same tools.
  for (const folder of ['node_modules', join('target', 'tool')]) {
    await cp(join(root, folder), join(copy, folder), {
      recursive: true,
      verbatimSymlinks: true,
      preserveTimestamps: true,
    });
  }
  await run(process.execPath, [join(copy, 'tools', 'build.mjs')], { cwd: copy, timeout: 1_200_000 });
  const [ours, theirs] = [await hashes(join(root, 'pkg')), await hashes(join(copy, 'pkg'))];
  assert.ok(Object.keys(ours).length > 40, `only ${Object.keys(ours).length} files`);
  assert.deepEqual(theirs, ours);
});
