// Installs the packed tarball in each host of the matrix and returns the output of the program.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CSP, serveFolder } from '../../support/pages.mjs';
import { api, serveApi } from './api.mjs';
import { engines } from './engines.mjs';
import { CHECK } from './example.mjs';
import * as programs from './programs.mjs';
import { here, matrixFolder, project, run, start, temporaryFolder } from './project.mjs';

const require = createRequire(import.meta.url);
const { bin } = programs;
const SHOW = `const show = (output) => { document.title = output; };
  check(cts, new URL('/api/', location.href).href).then(show, show);`;
const page = (script) => `<!doctype html><meta charset="utf-8"><title></title>${script}`;
const module = (name) => page(`<script type="module" src="./${name}"></script>`);
/** A Content-Security-Policy that forbids wasm. */
const NO_WASM = "default-src 'self'; script-src 'self'";

export const closing = [];
export const closeHosts = () => Promise.all(closing.splice(0).map((server) => server.close()));
export const kept = async (server) => {
  closing.push(await server);
  return server;
};

/** Calls `make` once. */
export const once = (make) => {
  let made;
  return () => (made ??= make());
};

export const service = once(() => kept(serveApi()));
const printing = async (load) => `${load} ${CHECK}
  check(cts, '${(await service()).url}').then(console.log, console.log);`;

// ---------------------------------------------------------------- runtimes

/** The program in both module systems. */
export const nodePrograms = async () => ({
  'main.mjs': await printing("import * as cts from 'cts-tracker';"),
  'main.cjs': await printing("const cts = require('cts-tracker');"),
});
const plain = once(async () => project('plain', await nodePrograms()));

export const output = async (program, args, options) => (await run(program, args, options)).stdout.trim();

/** In this Node or in a Node version of the matrix. */
export const node = (version, file) => async () => {
  const program = version ? join(matrixFolder, 'node_modules', `node-${version}`, 'bin', 'node') : process.execPath;
  return output(program, [file], { cwd: await plain() });
};

/** undici 8 needs Node 22. Its `fetch` is passed to the client. */
export async function undici8() {
  const load = `import * as all from 'cts-tracker'; import { fetch } from 'undici-8';
    const cts = { ...all, createCtsClient: (options) => all.createCtsClient({ ...options, fetch }) };`;
  const cwd = await project('undici-8', { 'main.mjs': await printing(load) }, { near: matrixFolder });
  return output(join(matrixFolder, 'node_modules', 'node-22', 'bin', 'node'), ['main.mjs'], { cwd });
}

export const deno = async () =>
  output(programs.deno, ['run', '--node-modules-dir=manual', '--allow-read', '--allow-net=127.0.0.1', 'main.mjs'], {
    cwd: await plain(),
    env: await programs.denoEnv(),
  });

export const bun = async () => output(programs.bun, ['main.mjs'], { cwd: await plain() });

/** workerd cannot compile bytes, so the wasm is a separate module. */
export async function workerd() {
  const folder = await project('workerd', {});
  const { text, wasm } = await programs.bundleWorker(
    `import * as cts from 'cts-tracker'; ${CHECK}
    export default { async test() { console.log('output: ' + await check(cts, '${(await service()).url}')); } };`,
    folder,
  );
  if (wasm.join() !== './cts_tracker_bg.wasm') throw new Error(`it imports other files: ${wasm}`);
  await writeFile(join(folder, 'worker.js'), text);
  await writeFile(
    join(folder, 'worker.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
    const unitTests :Workerd.Config = (services = [
      (name = "main", worker = ${programs.workerConfig('worker.js', wasm)}),
      (name = "internet", network = (allow = ["private"])),
    ]);`,
  );
  const { stdout, stderr } = await run(programs.workerd, ['test', 'worker.capnp', '--verbose'], { cwd: folder });
  return /output: (.*)/.exec(stdout + stderr)?.[1] ?? stdout + stderr;
}

// ---------------------------------------------------------------- bundlers for pages

/** A project that finds the tools of this folder, and a served folder for their output. */
export const workshop = once(async () => {
  const folder = await project(
    'bundlers',
    {
      'main.js': `import * as cts from 'cts-tracker'; ${CHECK} ${SHOW}`,
      'index.html': module('main.js'),
    },
    { near: true },
  );
  const dist = join(folder, 'dist');
  await mkdir(dist);
  return { folder, dist, input: join(folder, 'main.js'), ...(await kept(serveFolder(dist, { api }))) };
});

/** Adds a page with the bundle and returns its title. */
export async function show(name, script) {
  const { dist, url } = await workshop();
  await writeFile(join(dist, `${name}.html`), page(script));
  return engines.Chromium(`${url}/${name}.html`);
}

export const esbuild = (format) => async () => {
  const { build } = await import('esbuild');
  const { input, dist } = await workshop();
  const name = `esbuild-${format}`;
  const outfile = join(dist, `${name}.js`);
  await build({ entryPoints: [input], bundle: true, format, minify: format === 'iife', outfile, logLevel: 'error' });
  return show(name, `<script ${format === 'esm' ? 'type="module"' : 'defer'} src="${name}.js"></script>`);
};

/** Bundled for Node in one file, and run in a folder without packages. */
export async function esbuildForNode() {
  const { build } = await import('esbuild');
  const folder = await temporaryFolder('esbuild');
  const entryPoints = [join(await plain(), 'main.mjs')];
  await build({ entryPoints, bundle: true, platform: 'node', outfile: join(folder, 'main.cjs'), logLevel: 'error' });
  return output(process.execPath, ['main.cjs'], { cwd: folder });
}

export async function rollup() {
  const { rollup: bundle } = await import('@rollup/wasm-node');
  const { nodeResolve } = await import('@rollup/plugin-node-resolve');
  const { input, dist } = await workshop();
  const onwarn = ({ message }) => {
    throw new Error(message);
  };
  const made = await bundle({ input, plugins: [nodeResolve({ browser: true })], onwarn });
  await made.write({ file: join(dist, 'rollup.js'), format: 'es' });
  await made.close();
  return show('rollup', '<script type="module" src="rollup.js"></script>');
}

export async function webpack() {
  const { folder, dist } = await workshop();
  const stats = await new Promise((done, fail) => {
    require('webpack')(
      {
        context: folder,
        entry: './main.js',
        mode: 'production',
        output: { path: dist, filename: 'webpack.js' },
        performance: false,
      },
      (error, result) => (error ? fail(error) : done(result)),
    );
  });
  const messages = [...stats.toJson().errors, ...stats.toJson().warnings].map(({ message }) => message);
  if (messages.length > 0) throw new Error(messages.join('\n'));
  return show('webpack', '<script defer src="webpack.js"></script>');
}

const loadVite = (name) =>
  name === 'vite'
    ? import('vite')
    : import(pathToFileURL(join(matrixFolder, 'node_modules', name, 'dist', 'node', 'index.js')));

export const viteBuild = (name) => async () => {
  const { build } = await loadVite(name);
  const { folder: root, dist, url } = await workshop();
  await build({ root, logLevel: 'error', build: { outDir: join(dist, name), emptyOutDir: true }, base: './' });
  return engines.Chromium(`${url}/${name}/index.html`);
};

export const viteDev = (name) => async () => {
  const { createServer } = await loadVite(name);
  const { folder: root } = await workshop();
  const rewrite = (path) => path.slice('/api'.length);
  const proxy = { '/api/': { target: (await service()).url, rewrite } };
  const server = await createServer({
    root,
    logLevel: 'error',
    cacheDir: join(root, `.${name}`),
    server: { host: '127.0.0.1', port: 0, proxy },
  });
  try {
    await server.listen();
    return await engines.Chromium(`http://127.0.0.1:${server.httpServer.address().port}/`);
  } finally {
    await server.close();
  }
};

const nextServer = once(async () => {
  const { url } = await service();
  const folder = await project(
    'next',
    {
      'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(here)} },
      rewrites: async () => [{ source: '/api/:path*', destination: '${url}:path*' }] };`,
      'app/layout.jsx': `export default function Layout({ children }) {
      return <html lang="en"><body>{children}</body></html>; }`,
      'app/check.js': `import * as cts from 'cts-tracker'; ${CHECK} export const answer = (base) => check(cts, base);`,
      'app/client.jsx': `'use client'; import { useEffect } from 'react'; import { answer } from './check.js';
      export default function Client() {
        useEffect(() => { answer('/api/').then((output) => { document.title = output; }); }, []); return null; }`,
      'app/page.jsx': `import { answer } from './check.js'; import Client from './client.jsx';
      export const dynamic = 'force-dynamic';
      export default async function Page() {
        return <main><p id="server">{await answer('${url}')}</p><Client /></main>; }`,
    },
    { near: true },
  );
  const program = bin('next', 'dist', 'bin', 'next');
  const env = { NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
  await run(process.execPath, [program, 'build'], { cwd: folder, env });
  const args = [program, 'start', '-H', '127.0.0.1', '-p', '0'];
  const server = await start(process.execPath, args, /http:\/\/127\.0\.0\.1:(\d+)/, { cwd: folder, env });
  closing.push({ close: server.stop });
  return `http://127.0.0.1:${server.match[1]}/`;
});

export async function nextOnServer() {
  const text = await (await fetch(await nextServer())).text();
  return /<p id="server">(.*?)<\/p>/.exec(text.replace(/<!-- -->/g, ''))?.[1] ?? text;
}

export const nextInPage = async () => engines.Chromium(await nextServer());

// ---------------------------------------------------------------- browsers without a bundler

const worker = (load) => `${load} ${CHECK}
  const output = check(cts, new URL('/api/', location.href).href).catch(String);`;

/** The unpacked package, and a page for each way to load it. */
const PAGES = {
  'module.html': module('module.js'),
  'module.js': `import * as cts from './cts-tracker/index.js'; ${CHECK} ${SHOW}`,
  'slim.html': module('slim.js'),
  // Streamed, since the server sends the content type of wasm.
  'slim.js': `import * as cts from './cts-tracker/slim.js'; ${CHECK}
    cts.init('./cts-tracker/cts_tracker_bg.wasm').then(() => { ${SHOW} });`,
  'js.html': module('js.js'),
  'js.js': `import * as cts from './cts-tracker/js.js'; ${CHECK} ${SHOW}`,
  'refused.html': module('refused.js'),
  'refused.js': `import { isCtsError, validateCreateTracker, warmup } from './cts-tracker/index.js';
    const isPolicy = ({ message }) => /CSP|Content Security Policy/.test(message);
    const summary = (error) => (isCtsError(error) && isPolicy(error) ? error.kind : String(error));
    let output = 'not refused';
    try { validateCreateTracker({}); } catch (error) { output = summary(error); }
    warmup().then(() => 'not refused', summary).then((late) => { document.title = output + ' ' + late; });`,
  'worker.html': module('worker-page.js'),
  'worker-page.js': "new Worker('worker.js', { type: 'module' }).onmessage = ({ data }) => { document.title = data; };",
  'worker.js': `${worker("import * as cts from './cts-tracker/index.js';")} output.then(postMessage);`,
  'service.html': module('service-page.js'),
  'service-page.js': `const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => { document.title = data; };
    navigator.serviceWorker.register('service.js', { type: 'module' }).then(() => navigator.serviceWorker.ready)
      .then(({ active }) => active.postMessage('', [port2]), (error) => { document.title = String(error); });`,
  'service.js': `${worker("import * as cts from './cts-tracker/index.js';")}
    onmessage = (event) => event.waitUntil(output.then((text) => event.ports[0].postMessage(text)));`,
};
const site = (csp) =>
  once(async () => {
    const folder = await project('page', PAGES);
    await cp(join(folder, 'node_modules', 'cts-tracker'), join(folder, 'cts-tracker'), { recursive: true });
    return kept(serveFolder(folder, { api, csp }));
  });
const sites = { [CSP]: site(CSP), [NO_WASM]: site(NO_WASM) };

const browser =
  (name, csp = CSP) =>
  (engine) =>
  async () => {
    const { url } = await sites[csp]();
    return engines[engine](`${url}/${name}.html`);
  };
export const moduleScript = browser('module');
export const slimStreamed = browser('slim');
export const dedicatedWorker = browser('worker');
export const serviceWorker = browser('service');
export const scriptEntry = browser('js', NO_WASM);
export const refused = browser('refused', NO_WASM);
