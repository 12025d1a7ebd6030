// Installs, builds and runs the packed tarball in each host. Every row validates requests, creates a tracker through the
// proxy and the emulator, and aborts a creation. npm test runs the rows with `CI`; npm run test:matrix runs all rows and
// writes the tables of both READMEs if all pass.
import { readFileSync } from 'node:fs';
import * as edge from './support/edge.mjs';
import { VALIDATED } from './support/example.mjs';
import * as host from './support/hosts.mjs';
import * as installed from './support/installs.mjs';
import * as bundler from './support/large-bundlers.mjs';
import * as runner from './support/test-runners.mjs';

const read = (file) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
const versionsOf = ({ devDependencies, optionalDependencies }) => ({ ...devDependencies, ...optionalDependencies });
const large = versionsOf(read('matrix/package.json'));
const versions = { ...large, ...versionsOf(read('../../package.json')), ...versionsOf(read('package.json')) };

/** A tool with its installed version: `Vite 8`, `esbuild 0.28`. */
function named(name, tool, from = versions) {
  const [, major, minor] = /^(?:npm:.*@)?(\d+)\.(\d+)/.exec(from[tool]);
  return `${name} ${major === '0' ? `0.${minor}` : major}`;
}

const CI = { ci: true };

/** @type {{ group: string, host: string, how: string, run: () => Promise<string>, ci?: boolean, says?: string }[]} */
export const MATRIX = [];
function rows(group, list) {
  MATRIX.push(...list.map(([name, how, run, options]) => ({ group, host: name, how, run, ...options })));
}

rows('Runtimes', [
  ...['20', '22', '24'].flatMap((version) => [
    [named('Node', `node-${version}`), 'ES module', host.node(version, 'main.mjs')],
    [named('Node', `node-${version}`), 'CommonJS', host.node(version, 'main.cjs')],
  ]),
  [named('Node', 'node-22'), 'the `fetch` of undici 8', host.undici8],
  [named('Deno', '@deno/linux-x64-glibc'), 'ES module', host.deno, CI],
  [named('Bun', 'bun'), 'ES module', host.bun, CI],
  ['workerd', 'ES module, the wasm imported', host.workerd, CI],
]);
rows('Package managers', [
  ...Object.entries({ 'ES module': 'main.mjs', CommonJS: 'main.cjs' }).flatMap(([how, file]) => [
    [`${named('pnpm', 'pnpm')}, strict`, how, installed.pnpm(file)],
    [`${named('Yarn', '@yarnpkg/cli-dist')}, Plug'n'Play`, how, installed.plugAndPlay(file)],
  ]),
]);
rows('Bundlers', [
  [named('esbuild', 'esbuild'), 'ESM', host.esbuild('esm'), CI],
  [named('esbuild', 'esbuild'), 'IIFE', host.esbuild('iife'), CI],
  [named('esbuild', 'esbuild'), 'for Node', host.esbuildForNode, CI],
  [named('Rollup', '@rollup/wasm-node'), 'build', host.rollup, CI],
  [named('webpack', 'webpack'), 'build', host.webpack, CI],
  [named('Rsbuild', '@rsbuild/core'), 'build', bundler.rsbuild],
  [named('Parcel', 'parcel'), 'build', bundler.parcel],
  [named('webpack', 'webpack-4'), '`cts-tracker.iife.js` as an external script', bundler.webpack4],
  ...['vite', 'vite-6'].flatMap((name) => [
    [named('Vite', name), 'dev', host.viteDev(name), name === 'vite' && CI],
    [named('Vite', name), 'build', host.viteBuild(name), name === 'vite' && CI],
  ]),
  [named('Next', 'next'), 'server', host.nextOnServer, CI],
  [named('Next', 'next'), 'client', host.nextInPage, CI],
  [named('SvelteKit', '@sveltejs/kit'), 'adapter-node', bundler.svelteKitOnNode],
  [named('SvelteKit', '@sveltejs/kit'), 'adapter-static', bundler.svelteKitStatic],
]);
const next15 = named('Next', 'next', large);
rows('Edge', [
  [named('Next', 'next'), 'edge route', edge.nextEdge(16, 'whole')],
  [named('Next', 'next'), 'proxy in an edge route', edge.nextEdge(16, 'proxy'), { says: edge.SIGNED }],
  [next15, 'edge middleware', edge.nextEdge(15, 'middleware'), { says: 'false' }],
  [next15, 'edge route', edge.nextEdge(15, 'whole')],
  [next15, 'proxy in an edge route', edge.nextEdge(15, 'proxy'), { says: edge.SIGNED }],
  ...['cloudflare-module', 'vercel-edge', 'netlify-edge'].map((preset) => [
    named('Nitro', 'nitropack'),
    preset,
    edge.nitro(preset),
  ]),
  ['Fastly Compute', 'validators, while it compiles', edge.fastly, { says: VALIDATED }],
]);
rows('Test runners', [
  [named('Vitest', 'vitest'), 'Node', runner.vitest(), CI],
  [named('Vitest', 'vitest'), 'jsdom', runner.vitest('jsdom'), CI],
  [named('Vitest', 'vitest'), 'happy-dom', runner.vitest('happy-dom'), CI],
  [named('Jest', 'jest'), 'Node', runner.jest30(), CI],
  [named('Jest', 'jest'), 'jsdom (validators; the client needs a `fetch`)', runner.jest30('jsdom'), CI],
  [named('Jest', 'jest-29'), 'Node', runner.jest29()],
  [named('Jest', 'jest-29'), 'jsdom (validators; the client needs a `fetch`)', runner.jest29('jsdom')],
]);
rows(
  'Browsers',
  ['Chromium', 'Firefox ESR', 'WebKitGTK'].flatMap((engine) =>
    [
      [engine, 'module script', host.moduleScript(engine)],
      [engine, '`slim`, streamed', host.slimStreamed(engine)],
      [engine, 'dedicated worker', host.dedicatedWorker(engine)],
      [engine, 'service worker', host.serviceWorker(engine)],
      [engine, '`js`, where no wasm may run', host.scriptEntry(engine)],
    ].map((row) => [...row, engine === 'Chromium' && CI]),
  ),
);
// Before 115, the main thread compiles only asynchronously.
rows('Browsers', [
  [named('Chromium', '@sparticuz/chromium'), 'module script', host.moduleScript('Chromium 114')],
  [named('Chromium', '@sparticuz/chromium'), '`slim`, streamed', host.slimStreamed('Chromium 114')],
  [named('Chromium', '@sparticuz/chromium'), '`js`, where no wasm may run', host.scriptEntry('Chromium 114')],
]);

/** Additional checks that are not ways to use the package. */
export const CHECKS = [
  { host: 'this Node', how: 'ES module', run: host.node(undefined, 'main.mjs'), ci: true },
  { host: 'this Node', how: 'CommonJS', run: host.node(undefined, 'main.cjs'), ci: true },
  {
    host: named('Nitro', 'nitropack'),
    how: 'the proxy without experimental.wasm',
    run: edge.nitroProxyWithoutWasm,
    says: 'in Nitro by experimental.wasm',
  },
  // Proves that the page of the `js` rows refuses wasm.
  ...['Chromium', 'Firefox ESR', 'WebKitGTK'].map((engine) => ({
    host: engine,
    how: 'wasm refused by the page',
    run: host.refused(engine),
    says: 'internal internal',
    ci: engine === 'Chromium',
  })),
];

const unique = (list) => [...new Set(list)];
const table = (head, lines) =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |\n`).join('');

/** The table of each README. */
export const TABLES = {
  'README.md': table(
    ['host', 'used as', 'run by'],
    unique(MATRIX.map((row) => row.host)).map((name) => {
      const own = MATRIX.filter((row) => row.host === name);
      const command = own.every(({ ci }) => ci) ? 'test' : 'run test:matrix';
      return [name, own.map(({ how }) => how).join('; '), `\`npm ${command}\``];
    }),
  ),
  'pkg-template/README.md': table(
    ['', 'tested in'],
    unique(MATRIX.map((row) => row.group)).map((group) => [
      group,
      unique(MATRIX.filter((row) => row.group === group).map((row) => row.host)).join(', '),
    ]),
  ),
};
