// Rsbuild, Parcel, webpack 4 and SvelteKit, whose packages only the matrix installs.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { serveFolder } from '../../support/pages.mjs';
import { api } from './api.mjs';
import { engines } from './engines.mjs';
import { CHECK, VALIDATED } from './example.mjs';
import { closing, kept, service, show, workshop } from './hosts.mjs';
import { matrixFolder, project, run, start } from './project.mjs';

const resolve = createRequire(`${matrixFolder}/package.json`).resolve;

export async function rsbuild() {
  const { createRsbuild } = await import(pathToFileURL(resolve('@rsbuild/core')));
  const { folder, dist } = await workshop();
  const root = join(dist, 'rsbuild');
  const filename = { js: 'rsbuild.js' };
  const made = await createRsbuild({
    cwd: folder,
    rsbuildConfig: {
      mode: 'production',
      source: { entry: { rsbuild: './main.js' } },
      output: { distPath: { root, js: '' }, filename, cleanDistPath: false },
      splitChunks: false,
      tools: { htmlPlugin: false },
    },
  });
  const { stats } = await made.build();
  if (stats?.hasErrors()) throw new Error(stats.toString());
  return show('rsbuild', '<script defer src="rsbuild/rsbuild.js"></script>');
}

export async function parcel() {
  const { folder, dist, url } = await workshop();
  const program = join(matrixFolder, 'node_modules', 'parcel', 'lib', 'bin.js');
  const args = ['build', 'index.html', '--dist-dir', join(dist, 'parcel'), '--public-url', './', '--no-cache'];
  await run(process.execPath, [program, ...args], { cwd: folder });
  return engines.Chromium(`${url}/parcel/index.html`);
}

/** webpack 4 reads neither `exports` nor ES2022, so the page loads the script, and the bundle takes its global. */
export async function webpack4() {
  const { folder, dist, input } = await workshop();
  const entry = join(folder, 'main-es2019.js');
  await writeFile(entry, (await transform(await readFile(input, 'utf8'), { target: 'es2019' })).code);
  const config = {
    entry,
    mode: 'production',
    output: { path: dist, filename: 'webpack-4.js' },
    externals: { 'cts-tracker': 'ctsTracker' },
    performance: false,
  };
  const program = `require(${JSON.stringify(resolve('webpack-4'))})(${JSON.stringify(config)}, (error, stats) => {
    if (error || stats.hasErrors()) { console.error(error || stats.toString()); process.exitCode = 1; }
  });`;
  // Its hashes are those of OpenSSL 1.
  await run(process.execPath, ['-e', program], { env: { NODE_OPTIONS: '--openssl-legacy-provider' } });
  const script = 'cts-tracker.iife.js';
  await cp(join(folder, 'node_modules', 'cts-tracker', script), join(dist, script));
  return show('webpack-4', `<script defer src="${script}"></script><script defer src="webpack-4.js"></script>`);
}

// ---------------------------------------------------------------- SvelteKit

/** A page that validates where it is rendered, and runs the whole program in the browser. */
async function svelteKit(adapter, files = {}) {
  const folder = await project(
    `sveltekit-${adapter}`,
    {
      'svelte.config.js': `import adapter from '@sveltejs/adapter-${adapter}';
        export default { kit: { adapter: adapter(), paths: { relative: true } } };`,
      'vite.config.js': `import { sveltekit } from '@sveltejs/kit/vite'; export default { plugins: [sveltekit()] };`,
      'src/app.html': `<!doctype html><html lang="en"><head><meta charset="utf-8">%sveltekit.head%</head>
        <body><div>%sveltekit.body%</div></body></html>`,
      'src/lib/answer.js': `import * as cts from 'cts-tracker'; ${CHECK}
        export const answer = (base) => check(cts, base); export const validated = () => validate(cts);`,
      'src/routes/+page.svelte': `<script>
          import { onMount } from 'svelte'; import { answer, validated } from '$lib/answer.js';
          const show = (output) => { document.title = output; };
          onMount(() => { answer(location.origin + '/api/').then(show, show); });
        </script><p id="rendered">{validated()}</p>`,
      ...files,
    },
    { near: matrixFolder },
  );
  const vite = join(matrixFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  await run(process.execPath, [vite, 'build'], { cwd: folder });
  return folder;
}

/** What the browser shows, if the page was rendered with the results of the validators. */
async function hydrated(url) {
  const text = await (await fetch(url)).text();
  const rendered = /<p id="rendered">(.*?)<\/p>/.exec(text.replace(/<!--.*?-->/g, ''))?.[1];
  return rendered === VALIDATED ? engines.Chromium(url) : `rendered: ${rendered}`;
}

export async function svelteKitOnNode() {
  const { url } = await service();
  const folder = await svelteKit('node', {
    'src/routes/api/[...path]/+server.js': `export const POST = async ({ params, request }) =>
      fetch('${url}' + params.path, { method: 'POST', body: await request.text(), headers: {
        'content-type': 'application/json', 'x-requested-with': 'cts-tracker' } });`,
  });
  const env = { HOST: '127.0.0.1', PORT: '0' };
  const server = await start(process.execPath, ['build'], /Listening on http:\/\/127\.0\.0\.1:(\d+)/, {
    cwd: folder,
    env,
  });
  closing.push({ close: server.stop });
  return hydrated(`http://127.0.0.1:${server.match[1]}/`);
}

export async function svelteKitStatic() {
  const folder = await svelteKit('static', { 'src/routes/+layout.js': 'export const prerender = true;' });
  // SvelteKit starts its page by an inline script.
  const csp = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";
  const site = await kept(serveFolder(join(folder, 'build'), { api, csp }));
  return hydrated(`${site.url}/index.html`);
}
