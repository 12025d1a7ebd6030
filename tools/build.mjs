// npm run build: leaves the publishable package in pkg/, so that `npm pack ./pkg` gives the tarball.
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at, Failure, installNpm, main, readJson, say, seconds, write } from './common.mjs';
import { asCharacters, patchScript, patchScriptGlue, MASK, withoutClosures, withoutNeedless } from './glue.mjs';
import { buildScript, buildWasm, ensureBindgen, ensureRust, facts } from './rust.mjs';
import { shapes } from './shapes.mjs';
import { weigh } from './size.mjs';
import { texts } from './texts.mjs';

const template = at('pkg-template');
const source = (...parts) => join(template, 'src', ...parts);
const out = at('pkg');

const WASM_FILE = { browser: 'cts_tracker_bg.wasm', server: 'cts_tracker_server_bg.wasm' };

/** Modules that are one file in the package for all who import them: the server-side wasm is there, and started, once. */
const SHARED = ['server-engine', 'server', 'signing', 'proxy', 'emulator'];

/**
 * What is bundled: the entry, the file it gives, how it comes by its wasm, the one language it speaks, the modules it
 * leaves files of their own.
 */
const BUNDLES = [
  { entry: 'index', wasm: 'inlined' },
  { entry: 'index', wasm: 'workerd', formats: ['esm'] },
  { entry: 'index', name: 'en', wasm: 'inlined', locale: 'en' },
  { entry: 'index', name: 'en', wasm: 'workerd', locale: 'en', formats: ['esm'] },
  { entry: 'slim', wasm: 'slim' },
  { entry: 'js', wasm: 'script' },
  ...['async-validator', 'vee-validate'].map((name) => ({ entry: `adapters/${name}`, name })),
  ...SHARED.flatMap((entry) => [
    { entry, wasm: 'inlined', keep: SHARED },
    { entry, wasm: 'workerd', keep: SHARED, formats: ['esm'] },
  ]),
  { entry: 'cli', wasm: 'inlined', keep: ['index', ...SHARED], formats: ['esm'], platform: 'node' },
  // For a script tag: base64 and ASCII, since the page decides the charset.
  { entry: 'index', name: 'cts-tracker.iife', wasm: 'inlined', formats: ['iife'], ascii: true },
];
const EXTENSION = { esm: '.js', cjs: '.cjs', iife: '.js' };

/**
 * Minified by esbuild, but for what tells the bundlers of others that a call may be left out: that, esbuild drops with the
 * other comments.
 */
async function minified(text, options) {
  const { transform } = await import('esbuild');
  const marked = text.replaceAll('/* @__PURE__ */', '__PURE__ +');
  const { code } = await transform(marked, { ...options, minifySyntax: true, minifyWhitespace: true });
  return code.replace(/__PURE__\+\s*/g, '/*@__PURE__*/');
}

async function bundle({ entry, name = entry, wasm, locale, formats = ['esm', 'cjs'], platform, keep = [], ascii }, built) {
  const { build } = await import('esbuild');
  const variant = wasm === 'workerd' ? '.workerd' : '';
  for (const format of formats) {
    const printed = {
      format,
      target: 'es2022',
      charset: ascii ? 'ascii' : 'utf8',
      // Node shows the whole line that threw.
      lineLimit: 1000,
      legalComments: 'none',
    };
    const isModule = format === 'esm';
    const { outputFiles: [{ text }], metafile } = await build({
      entryPoints: [source(`${entry}.js`)],
      bundle: true,
      ...printed,
      // For CommonJS, `node` adds the list of exports that Node's own importer looks for.
      platform: platform ?? (format === 'cjs' ? 'node' : 'neutral'),
      ...(format === 'iife' ? { globalName: 'ctsTracker' } : {}),
      ...(isModule ? { minifySyntax: true, minifyIdentifiers: true, lineLimit: 0 } : { minify: true }),
      // What it has for Node is CommonJS, whose calls of require() an ES module cannot make.
      alias: { yaml: at('node_modules', 'yaml', 'browser', 'index.js') },
      metafile: true,
      write: false,
      logLevel: 'warning',
      // There, `WebAssembly` is what stands in for it.
      inject: wasm === 'script' ? [source('wasm', 'stand-in.js')] : [],
      plugins: [resolver({ entry, wasm, locale, variant, keep, ascii, extension: EXTENSION[format] }, built)],
    });
    await emit(`${name}${variant}${EXTENSION[format]}`, inline(isModule ? await minified(text, printed) : text, built, format, ascii));
    for (const input of Object.keys(metafile.inputs)) {
      const [, others] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
      if (others) bundled.add(others);
    }
  }
}

/** The packages of others that are in ours, whose licences want to be told. */
const bundled = new Set();
async function licences() {
  const parts = await Promise.all([...bundled].sort().map(async (name) => {
    const { version, license, homepage, repository } = await readJson(at('node_modules', name, 'package.json'));
    const file = (await readdir(at('node_modules', name))).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Failure(`${name} is bundled, but has no file of its licence (${license}) that could be published with it`);
    const text = await readFile(at('node_modules', name, file), 'utf8');
    return `${name} ${version} (${license})\n${homepage ?? repository?.url ?? repository}\n\n${text.trim()}\n`;
  }));
  return `cli.js has these packages in it.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/** The functions that give the wasm's literal: names, since esbuild breaks lines within strings. */
const LITERAL = { browser: '__browserWasm', server: '__serverWasm' };

/**
 * Puts the literal in: at the end, where it does not part what compresses together; in a script, whose end is not the end
 * of its scope, in its place. On a line of its own, since Node shows the whole line that threw.
 */
function inline(text, built, format, ascii) {
  for (const [kind, name] of Object.entries(LITERAL)) {
    if (!text.includes(`${name}()`)) continue;
    const bytes = built[kind].wasm;
    const literal = ascii ? `"${bytes.toString('base64')}"` : asCharacters(bytes);
    if (format === 'iife') text = text.replaceAll(`${name}()`, () => `\n${literal}\n`);
    else text += `function ${name}(){return(\n${literal}\n)}\n`;
  }
  return text;
}

function resolver({ entry, wasm, locale, variant, keep, ascii, extension }, built) {
  return {
    name: 'cts-tracker',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^#(glue|engine|wasm)(-server)?$/ }, ({ path }) => {
        const kind = path.endsWith('-server') ? 'server' : 'browser';
        if (path.startsWith('#engine')) return { path: source(kind === 'server' ? 'server-engine.js' : 'engine.js') };
        if (path.startsWith('#glue')) {
          // A second copy of the glue would have an instance of its own, never started.
          if (kind === 'server' && entry !== 'server-engine') return { path: `./server-engine${variant}${extension}`, external: true };
          return { path: wasm === 'script' ? 'script' : kind, namespace: 'glue' };
        }
        // The suffix keeps two copies of one loader apart, each over its own file.
        return { path: source('wasm', `${wasm}.js`), suffix: `?${kind}`, pluginData: kind };
      });
      onResolve({ filter: /^#wasm-script$/ }, () => ({ path: 'script', namespace: 'script' }));
      onResolve({ filter: /^#wasm-(binary|file)$/ }, ({ path, pluginData: kind }) => (path === '#wasm-file'
        ? { path: `./${WASM_FILE[kind]}`, external: true } : { path: kind, namespace: 'binary' }));
      onResolve({ filter: /^\.\/catalogues\.js$/ }, () => locale && { path: source(`catalogues.${locale}.js`) });
      onResolve({ filter: /^\.\/[\w-]+\.js$/ }, ({ path, resolveDir }) => {
        const kept = keep.find((k) => k !== entry && path === `./${k}.js` && resolveDir === source());
        return kept && { path: `./${kept}${variant}${extension}`, external: true };
      });
      onLoad({ filter: /[\\/]wasm[\\/]\w+\.js$/ }, async ({ path, pluginData }) => (
        { contents: await readFile(path, 'utf8'), loader: 'js', pluginData }));
      onLoad({ filter: /./, namespace: 'glue' }, ({ path: kind }) => ({ contents: built[kind].glue, loader: 'js', resolveDir: source() }));
      onLoad({ filter: /./, namespace: 'script' }, () => ({ contents: built.script.script, loader: 'js' }));
      onLoad({ filter: /./, namespace: 'binary' }, ({ path: kind }) => {
        const value = ascii ? `atob(${LITERAL[kind]}())` : `${LITERAL[kind]}()`;
        return { contents: `export const binary = () => ${value};\nexport const MASK = ${ascii ? 0 : MASK};`, loader: 'js' };
      });
    },
  };
}

const emitted = new Set();
async function emit(path, content) {
  emitted.add(path);
  await write(join(out, path), content);
}

async function emitTypes() {
  for (const file of await list(join(template, 'types'))) {
    if (!file.endsWith('.d.ts')) continue;
    const own = await readFile(join(template, 'types', file), 'utf8');
    const text = file === 'en.d.ts' ? own + await sharedTypes() : own;
    await emit(file, text);
    // A CommonJS type file must name CommonJS type files, or TypeScript takes them for ES modules.
    await emit(file.replace(/\.d\.ts$/, '.d.cts'), text.replace(/((?:from|import)\s*\(?\s*)(['"])(\.\.?\/[^'"]+)\.js\2/g, '$1$2$3.cjs$2'));
  }
}

/** The types of `cts-tracker` but for the locales it has, which are the one thing `cts-tracker/en` differs in. */
async function sharedTypes() {
  const all = await readFile(join(template, 'types', 'index.d.ts'), 'utf8');
  const locale = /^export type Locale = .*;\n\n/m;
  if (!locale.test(all)) throw new Failure('index.d.ts declares Locale in another way: mend sharedTypes in tools/build.mjs');
  return all.replace(/^\/\/ .*\n/, '').replace(locale, '');
}

/** The facts are `modules` and what others are made of (given to the JavaScript sources), and `files` (published as they are). */
async function emitFacts(known) {
  const generated = join(template, 'generated');
  const modules = { 'shapes.js': shapes(known.tables), ...texts(await catalogues(), known.serviceCodes) };
  for (const [name, value] of Object.entries(known.modules)) {
    modules[`${name}.js`] = `// Written by the build from the Rust sources.\nexport const ${name} = ${JSON.stringify(value, null, 2)};\n`;
  }
  for (const [file, text] of Object.entries(modules)) await write(join(generated, file), text);
  for (const file of await list(generated)) if (!(file in modules)) await rm(join(generated, file));
  for (const [path, value] of Object.entries(known.files)) {
    await emit(path, typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
  }
}

async function catalogues() {
  const all = await Promise.all((await list(join(template, 'locales'))).map((file) => readJson(join(template, 'locales', file))));
  return Object.fromEntries(all.map((catalogue) => [catalogue.locale, catalogue]));
}

async function emitManifest() {
  const manifest = await readJson(join(template, 'package.json'));
  manifest.version = /^version = "(.+)"$/m.exec(await readFile(at('Cargo.toml'), 'utf8'))[1];
  // What is not written is not promised; tests/packaging knows what must be there.
  const missing = [];
  const prune = (target) => {
    if (typeof target === 'string') {
      const file = target.replace(/^\.\//, '');
      if (target.includes('*') || file === 'package.json' || emitted.has(file)) return target;
      missing.push(file);
      return undefined;
    }
    const kept = Object.entries(target).map(([key, value]) => [key, prune(value)]).filter(([, value]) => value);
    return kept.some(([key]) => key !== 'types') ? Object.fromEntries(kept) : undefined;
  };
  manifest.exports = prune(manifest.exports);
  manifest.bin = prune(manifest.bin);
  if (missing.length) say(`  not written yet: ${missing.join(' ')}`);
  await emit('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

async function list(folder, base = folder) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = await Promise.all(entries.map((e) => (
    e.isDirectory() ? list(join(folder, e.name), base) : relative(base, join(folder, e.name)))));
  return files.flat().sort();
}

/** Tests, the console and the benchmarks import the package by its public name. */
async function link() {
  const path = at('node_modules', 'cts-tracker');
  const is = await lstat(path).catch(() => undefined);
  if (is?.isSymbolicLink()) return;
  if (is) await rm(path, { recursive: true });
  await symlink('../pkg', path);
}

function sizes(name, bytes) {
  const kb = (n) => `${(n / 1000).toFixed(1)} kB`.padStart(9);
  const { raw, gzip, brotli } = weigh(bytes);
  return `${name.padEnd(28)} ${kb(raw)}  gzip ${kb(gzip)}  brotli ${kb(brotli)}`;
}

/** What is made of wasm-bindgen's output: a wasm, or the script it was turned into, and its glue. */
async function bound({ wasm, script, glue: path }) {
  const glue = withoutClosures(await readFile(path, 'utf8'));
  if (wasm) return { wasm: await readFile(wasm), glue: withoutNeedless(glue) };
  return { script: patchScript(await readFile(script, 'utf8')), glue: withoutNeedless(patchScriptGlue(glue)) };
}

export async function buildPackage() {
  const began = Date.now();
  await installNpm();
  await ensureRust();
  await ensureBindgen();
  const known = await facts();
  const [browser, server] = await Promise.all([buildWasm('browser'), buildWasm('server')]);
  const script = await buildScript();
  const built = { browser: await bound(browser), server: await bound(server), script: await bound(script) };

  say('Bundling the package');
  await mkdir(out, { recursive: true });
  await emitFacts(known);
  const there = BUNDLES.filter(({ entry }) => existsSync(source(`${entry}.js`)));
  await Promise.all(there.map((b) => bundle(b, built)));
  for (const kind of ['browser', 'server']) await emit(WASM_FILE[kind], built[kind].wasm);
  await emitTypes();
  for (const file of await list(join(template, 'locales'))) {
    await emit(join('locales', file), await readFile(join(template, 'locales', file)));
  }
  await emitManifest();
  const readme = [join(template, 'README.md'), at('README.md')].find(existsSync);
  if (readme) await emit('README.md', await readFile(readme));
  await emit('LICENSE', await readFile(at('LICENSE')));
  if (bundled.size > 0) await emit('THIRD-PARTY-LICENSES', await licences());
  for (const file of await list(out)) if (!emitted.has(file)) await rm(join(out, file));
  await link();

  for (const file of ['cts_tracker_bg.wasm', 'index.js']) {
    if (emitted.has(file)) say(`  ${sizes(file, await readFile(join(out, file)))}`);
  }
  say(`Built pkg/ in ${seconds(began)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(buildPackage);
