// The file that each host takes, by the conditions with which it resolves `exports`. The matrix runs the hosts themselves.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { project, run } from './support/project.mjs';

const NITRO = 'production workerd wintercg worker web browser edge-light netlify edge-routine deno';

/** Node adds `node`, `import` or `require`, and `default`. */
const HOSTS = [
  ['Node', '', 'index.js proxy.js', 'index.cjs proxy.cjs'],
  ['wrangler', 'workerd worker browser', 'index.workerd.js proxy.workerd.js'],
  ['Next at the edge', 'edge-light worker', 'js.js proxy.edge.js'],
  ['Jest with the environment of edge-runtime', 'edge edge-light', 'js.js proxy.edge.js', 'js.cjs proxy.cjs'],
  ['Nitro for workers', NITRO, 'js.js proxy.js', 'js.cjs proxy.cjs'],
  ['Nitro for workers, with experimental.wasm', `${NITRO} wasm unwasm`, 'index.edge.js proxy.edge.js'],
  ['Fastly Compute', 'fastly', 'js.js proxy.js'],
  ['React Native', 'react-native', 'js.js proxy.js', 'js.cjs proxy.cjs'],
  ['Deno', 'deno', 'index.js proxy.js'],
  ['Bun', 'bun worker', 'index.js proxy.js', 'index.cjs proxy.cjs'],
  ['Electron', 'electron', 'index.js proxy.js', 'index.cjs proxy.cjs'],
];

let folder;
before(async () => {
  folder = await project('conditions', {
    'resolve.mjs': `import { createRequire } from 'node:module';
      const { resolve } = createRequire(import.meta.url);
      const names = (find) => ['cts-tracker', 'cts-tracker/proxy'].map((name) => find(name).split('/').at(-1)).join(' ');
      console.log(names(import.meta.resolve) + ',' + names(resolve));`,
  });
});

for (const [host, conditions, imported, required] of HOSTS) {
  test(`${host}: ${imported}`, async () => {
    const args = conditions
      .split(' ')
      .filter(Boolean)
      .map((condition) => `--conditions=${condition}`);
    const { stdout } = await run(process.execPath, [...args, 'resolve.mjs'], { cwd: folder });
    const [byImport, byRequire] = stdout.trim().split(',');
    assert.equal(byImport, imported);
    if (required) assert.equal(byRequire, required);
  });
}
