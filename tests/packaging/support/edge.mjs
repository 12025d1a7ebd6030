// Edge runtimes that compile no bytes: Next's, and the presets of Nitro (Nuxt's server). Their packages are installed only
// for the matrix. Each route runs the whole program, or the proxy in front of the emulator.
import { readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { CHECK, EXPECTED } from './example.mjs';
import { closing, once, output, service } from './hosts.mjs';
import * as programs from './programs.mjs';
import { here, matrixFolder, project, run, start } from './project.mjs';

const require = createRequire(`${matrixFolder}/package.json`);
const NITRO = join(matrixFolder, 'node_modules', 'nitropack', 'dist', 'cli', 'index.mjs');

const whole = async (use) => `import * as cts from 'cts-tracker'; ${CHECK}
  ${use(`check(cts, '${(await service()).url}').catch(String)`)}`;

/** Signs a request, which the emulator verifies, and returns the name of the tracker. */
const PROXY = `import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
  import { createSigningProxy } from 'cts-tracker/proxy';
  async function signed() {
    const { fetch } = createEmulator();
    const proxy = createSigningProxy({ endpoint: 'http://127.0.0.1', credentials: sampleCredentials, fetch });
    const body = JSON.stringify({ tracker_type: 'system', obs_info: { bucket_name: 'test-data-tracker' } });
    const headers = { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' };
    const url = 'http://127.0.0.1/v3/3d65c44c1d4e4a3f8f4f0f1f9a5f0c01/tracker';
    const response = await proxy.fetch(new Request(url, { method: 'POST', headers, body }));
    return response.status + ' ' + (await response.json()).tracker_name;
  }`;
export const SIGNED = '201 system';

// ---------------------------------------------------------------- Next

const edge = (load, answer) => `${load} export const runtime = 'edge'; export const dynamic = 'force-dynamic';
  export const GET = async () => new Response(await ${answer});`;

/** `near` has the packages of this version of Next. */
async function startNext(near) {
  const folder = await project(
    'next-edge',
    {
      'next.config.mjs': `export default { outputFileTracingRoot: ${JSON.stringify(near)},
        turbopack: { root: ${JSON.stringify(near)} } };`,
      'app/layout.jsx':
        'export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }',
      'app/page.jsx': 'export default function Page() { return null; }',
      'middleware.js': `import { isCtsError } from 'cts-tracker'; import { NextResponse } from 'next/server';
        export const config = { matcher: '/middleware' };
        export const middleware = () => new NextResponse(String(isCtsError(new Error())));`,
      'app/whole/route.js': await whole((answer) => edge('', answer)),
      'app/proxy/route.js': edge(PROXY, 'signed()'),
    },
    { near },
  );
  const program = join(near, 'node_modules', 'next', 'dist', 'bin', 'next');
  const options = { cwd: folder, env: { NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' } };
  await run(process.execPath, [program, 'build'], options);
  const args = [program, 'start', '-H', '127.0.0.1', '-p', '0'];
  const server = await start(process.execPath, args, /http:\/\/127\.0\.0\.1:(\d+)/, options);
  closing.push({ close: server.stop });
  return `http://127.0.0.1:${server.match[1]}`;
}
const nextServers = { 15: once(() => startNext(matrixFolder)), 16: once(() => startNext(here)) };

export const nextEdge = (version, path) => async () => (await fetch(`${await nextServers[version]()}/${path}`)).text();

// ---------------------------------------------------------------- Fastly

/** Fastly's compiler runs the top level of a program in the engine of its hosts, which have no WebAssembly. */
export async function fastly() {
  const contents = `import * as cts from 'cts-tracker'; ${CHECK}
    console.log('output: ' + (typeof WebAssembly === 'undefined' ? validate(cts) : 'it has WebAssembly'));
    addEventListener('fetch', (event) => event.respondWith(new Response()));`;
  const folder = await project('fastly', { 'main.js': contents });
  const program = join(
    matrixFolder,
    'node_modules',
    '@fastly',
    'js-compute',
    'dist',
    'cli',
    'js-compute-runtime-cli.js',
  );
  const { stdout, stderr } = await run(process.execPath, [program, 'main.js', 'main.wasm'], { cwd: folder });
  return /output: (.*)/.exec(stdout + stderr)?.[1] ?? stdout + stderr;
}

// ---------------------------------------------------------------- Nitro

const handler = (load, answer) => `import { defineEventHandler } from 'h3'; ${load}
  export default defineEventHandler(() => ${answer});`;

async function buildNitro(preset, wasm) {
  const config = { compatibilityDate: '2025-07-15', srcDir: 'server', minify: false, experimental: { wasm } };
  const files = {
    'nitro.config.mjs': `export default ${JSON.stringify(config)};`,
    'server/routes/whole.mjs': await whole((answer) => handler('', answer)),
    'server/routes/proxy.mjs': handler(PROXY, 'signed().catch(String)'),
  };
  const folder = await project(`nitro-${preset}${wasm ? '-wasm' : ''}`, files, { near: matrixFolder });
  await run(process.execPath, [NITRO, 'build'], { cwd: folder, env: { NITRO_PRESET: preset, NO_COLOR: '1' } });
  return folder;
}
const built = {};
const builtNitro = (preset, wasm) => (built[`${preset} ${wasm}`] ??= buildNitro(preset, wasm));

/** Everything the server's folder contains, by its path there. */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** The server that wrangler would deploy, in workerd. */
async function inWorkerd(folder, path) {
  const server = join(folder, '.output', 'server');
  const modules = (await filesBelow(server)).filter((file) => /\.(mjs|wasm)$/.test(file));
  const listed = modules.map(
    (file) => `(name = "${file}", ${file.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${file}")`,
  );
  const request = `export default { async test(_, env) {
    const response = await env.NITRO.fetch('http://127.0.0.1/${path}'); console.log('output: ' + await response.text()); } };`;
  await writeFile(join(server, 'request.js'), request);
  const flags = 'compatibilityDate = "2025-07-15", compatibilityFlags = ["nodejs_compat"]';
  await writeFile(
    join(server, 'nitro.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
    const unitTests :Workerd.Config = (services = [
      (name = "nitro", worker = (modules = [${['index.mjs', ...modules.filter((file) => file !== 'index.mjs')]
        .map((file) => listed[modules.indexOf(file)])
        .join(', ')}], ${flags})),
      (name = "main", worker = (modules = [(name = "request.js", esModule = embed "request.js")], ${flags},
        bindings = [(name = "NITRO", service = "nitro")])),
      (name = "internet", network = (allow = ["private"])),
    ]);`,
  );
  const { stdout, stderr } = await run(programs.workerd, ['test', 'nitro.capnp', '--verbose'], { cwd: server });
  return /output: (.*)/.exec(stdout + stderr)?.[1] ?? stdout + stderr;
}

/** Vercel's edge runtime runs one script: its deployment turns the module into one, and provides the wasm files. */
async function inEdgeRuntime(folder, path) {
  const entry = join(folder, '.vercel', 'output', 'functions', '__fallback.func', 'index.mjs');
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: 'iife',
    globalName: 'nitro',
    external: ['node:*'],
    write: false,
    logLevel: 'error',
  });
  const { EdgeRuntime } = require('edge-runtime');
  const runtime = new EdgeRuntime({
    extend: (context) => Object.assign(context, { require }),
    initialCode: `${outputFiles[0].text}
      addEventListener('fetch', (event) => event.respondWith(nitro.default(event.request, event)));`,
  });
  return (await runtime.dispatchFetch(`http://127.0.0.1/${path}`)).text();
}

/** Netlify's edge functions run in Deno. */
async function inDeno(folder, path) {
  const server = join(folder, '.netlify', 'edge-functions', 'server');
  const request = `import handle from './server.js';
    console.log(await (await handle(new Request('http://127.0.0.1/${path}'), {})).text()); Deno.exit();`;
  await writeFile(join(server, 'request.mjs'), request);
  const args = ['run', '--no-lock', '--allow-env', '--allow-read', '--allow-net=127.0.0.1', 'request.mjs'];
  return output(programs.deno, args, { cwd: server, env: await programs.denoEnv() });
}

const RUNTIMES = { 'cloudflare-module': inWorkerd, 'vercel-edge': inEdgeRuntime, 'netlify-edge': inDeno };

/**
 * Builds the server for a preset without and with `experimental.wasm`. The proxy needs the wasm file. Returns what the
 * program prints, or the first other answer.
 */
export const nitro = (preset) => async () => {
  for (const [wasm, path, expected] of [
    [false, 'whole', EXPECTED],
    [true, 'whole', EXPECTED],
    [true, 'proxy', SIGNED],
  ]) {
    const answer = await RUNTIMES[preset](await builtNitro(preset, wasm), path);
    if (answer !== expected) return `${path}${wasm ? ' with experimental.wasm' : ''}: ${answer}`;
  }
  return EXPECTED;
};

/** Without the wasm file, the error of the proxy in workerd names the setting. */
export async function nitroProxyWithoutWasm() {
  const answer = await inWorkerd(await builtNitro('cloudflare-module', false), 'proxy');
  return /in Nitro by experimental\.wasm/.exec(answer)?.[0] ?? answer;
}
