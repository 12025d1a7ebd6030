import { lstat, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at, Failure, installNpm, main, readJson, say, seconds, write } from './common.mjs';
import { asCharacters, patchScript, patchScriptGlue, withoutClosures } from './glue.mjs';
import { buildRust, readRustCache } from './rust.mjs';
import { shapes } from './shapes.mjs';
import { weigh } from './size.mjs';

const template = at('pkg-template');
const source = (...parts) => join(template, 'src', ...parts);
const generated = source('generated');
const out = at('pkg');

const entries = (...names) => Object.fromEntries(names.map((name) => [name, source('entries', `${name}.ts`)]));
const WITH_WASM = ['index', 'signing', 'proxy', 'emulator'];

/** One run of the bundler each. `loader` is how the wasm gets to where the code runs, see pkg-template/src/wasm. */
const BUNDLES = [
  // The command line loads the other entries when a command needs them, so it is built beside them.
  {
    entry: entries(...WITH_WASM, 'async-validator', 'vee-validate', 'cli'),
    loader: 'inlined',
    format: 'esm',
    chunks: 'chunks',
  },
  {
    entry: entries(...WITH_WASM, 'async-validator', 'vee-validate'),
    loader: 'inlined',
    format: 'cjs',
    chunks: 'chunks',
  },
  {
    entry: Object.fromEntries(Object.entries(entries(...WITH_WASM)).map(([name, path]) => [`${name}.workerd`, path])),
    loader: 'workerd',
    format: 'esm',
    chunks: 'chunks/workerd',
  },
  ...['esm', 'cjs'].flatMap((format) => [
    { entry: entries('slim'), loader: 'slim', format },
    { entry: entries('js'), loader: 'script', format },
  ]),
  // For a script tag: base64 and ASCII, since the page decides the charset.
  { entry: { 'cts-tracker': source('entries', 'index.ts') }, loader: 'inlined', format: 'iife', ascii: true },
];

async function bundle({ entry, loader, format, chunks, ascii = false }, built) {
  const { build } = await import('tsdown');
  await build({
    config: false,
    logLevel: 'warn',
    entry,
    format,
    globalName: 'ctsTracker',
    platform: 'cli' in entry ? 'node' : 'neutral',
    target: 'es2022',
    outDir: out,
    clean: false,
    fixedExtension: false,
    dts: false,
    minify: false,
    sourcemap: format !== 'iife',
    // The CommonJS build of yaml calls require(), which an ES module does not have.
    alias: { yaml: at('node_modules/yaml/browser/index.js') },
    deps: { alwaysBundle: [/./], onlyBundle: false },
    plugins: [resolver({ loader, ascii }, built), ...(ascii ? [minifyToAscii()] : []), recordFiles()],
    outputOptions: { chunkFileNames: `${chunks ?? '.'}/[name].${format === 'cjs' ? 'cjs' : 'js'}` },
  });
}

/** What the sources import by a name that begins with `#`: the wasm, its bindings, and what wasm2js made of it. */
function resolver({ loader, ascii }, built) {
  const module = (kind) => {
    const { wasm, file } = built[kind];
    const load = JSON.stringify(source('wasm', `load-${loader}.ts`));
    return {
      inlined: () =>
        ascii
          ? `import { inlined } from ${load};\nexport default inlined(() => atob("${wasm.toString('base64')}"));`
          : `import { inlined } from ${load};\nexport default inlined(() => ${asCharacters(wasm)});`,
      workerd: () =>
        `import module from './${file}';\nimport { precompiled } from ${load};\nexport default precompiled(module);`,
      slim: () => `export { source as default } from ${load};`,
      script: () =>
        `import { script } from ${load};\nimport { instantiate } from '#script';\nexport default script(instantiate);`,
    }[loader]();
  };
  const standIn = `import { WebAssembly } from ${JSON.stringify(source('wasm', 'webassembly-stand-in.ts'))};\n`;
  const virtual = {
    '#wasm-browser': () => module('browser'),
    '#wasm-server': () => module('server'),
    '#glue-browser': () => (loader === 'script' ? standIn + built.script.glue : built.browser.glue),
    '#glue-server': () => built.server.glue,
    '#script': () => standIn + built.script.script,
  };
  return {
    name: 'cts-tracker',
    resolveId(id, _importer) {
      if (id in virtual) return `\0${id}`;
      if (id.endsWith('.wasm')) return { id, external: true };
      return undefined;
    },
    load(id) {
      // Without a map: the literal is no source.
      if (id.startsWith('\0#')) return { code: virtual[id.slice(1)](), map: { mappings: '' } };
      return undefined;
    },
  };
}

/** The bundler's own minifier writes UTF-8. */
function minifyToAscii() {
  return {
    name: 'minify-to-ascii',
    async renderChunk(code) {
      const { transform } = await import('esbuild');
      return transform(code, { minify: true, target: 'es2022', charset: 'ascii' });
    },
  };
}

const emitted = new Set();
/** Packages of others that are bundled, whose licences are published too. */
const bundled = new Set();

/** Remembers what a run of the bundler writes. */
function recordFiles() {
  return {
    name: 'record-files',
    writeBundle(_, files) {
      for (const [path, file] of Object.entries(files)) {
        emitted.add(path);
        for (const id of file.moduleIds ?? []) {
          const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1];
          if (name) bundled.add(name);
        }
      }
    },
  };
}

async function licences() {
  const parts = await Promise.all(
    [...bundled].sort().map(async (name) => {
      const { version, license, homepage, repository } = await readJson(at('node_modules', name, 'package.json'));
      const file = (await readdir(at('node_modules', name))).find((entry) => /^licen[cs]e/i.test(entry));
      if (!file) throw new Failure(`${name} is bundled, but has no licence file (${license}) to publish with it`);
      const text = await readFile(at('node_modules', name, file), 'utf8');
      return `${name} ${version} (${license})\n${homepage ?? repository?.url ?? repository}\n\n${text.trim()}\n`;
    }),
  );
  return `cli.js contains these packages.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

async function emit(path, content) {
  emitted.add(path);
  await write(join(out, path), content);
}

async function emitTypes() {
  for (const file of await list(join(template, 'types'))) {
    if (!file.endsWith('.d.ts')) continue;
    const own = await readFile(join(template, 'types', file), 'utf8');
    await emit(file, own);
    // A CommonJS type file must name CommonJS type files, or TypeScript takes them for ES modules.
    await emit(
      file.replace(/\.d\.ts$/, '.d.cts'),
      own.replace(/((?:from|import)\s*\(?\s*)(['"])(\.\.?\/[^'"]+)\.js\2/g, '$1$2$3.cjs$2'),
    );
  }
}

/** Writes the generated sources, and the files that are published as they are. */
async function emitGenerated(known) {
  const modules = { 'shapes.ts': shapes(known.tables) };
  for (const [name, value] of Object.entries({ ...known.modules, serviceCodes: known.serviceCodes })) {
    modules[`${name}.ts`] =
      `// Generated from src/codegen.\nexport const ${name} = ${JSON.stringify(value, null, 2)};\n`;
  }
  Object.assign(modules, known.sources);
  for (const [file, text] of Object.entries(modules)) await write(join(generated, file), text);
  for (const file of await list(generated)) if (!(file in modules)) await rm(join(generated, file));
  for (const [path, value] of Object.entries(known.files)) {
    await emit(path, typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`);
  }
}

async function emitManifest() {
  const manifest = await readJson(join(template, 'package.json'));
  manifest.version = /^version = "(.+)"$/m.exec(await readFile(at('Cargo.toml'), 'utf8'))[1];
  await emit('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

async function list(folder, base = folder) {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    found.map((entry) =>
      entry.isDirectory() ? list(join(folder, entry.name), base) : relative(base, join(folder, entry.name)),
    ),
  );
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

function sizeLine(name, bytes) {
  const kb = (n) => `${(n / 1000).toFixed(1)} kB`.padStart(9);
  const { raw, gzip, brotli } = weigh(bytes);
  return `${name.padEnd(28)} ${kb(raw)}  gzip ${kb(gzip)}  brotli ${kb(brotli)}`;
}

/** With `--skip-rust`, a change of TypeScript alone is built in two seconds. */
export async function buildPackage({ skipRust = process.argv.includes('--skip-rust') } = {}) {
  const began = Date.now();
  await installNpm();
  const { known, browser, server, script } = skipRust ? await readRustCache() : await buildRust();
  const glue = async (path) => withoutClosures(await readFile(path, 'utf8'));
  const built = {
    browser: { file: 'cts_tracker_bg.wasm', wasm: await readFile(browser.wasm), glue: await glue(browser.glue) },
    server: { file: 'cts_tracker_server_bg.wasm', wasm: await readFile(server.wasm), glue: await glue(server.glue) },
    script: {
      script: patchScript(await readFile(script.script, 'utf8')),
      glue: patchScriptGlue(await glue(script.glue)),
    },
  };

  say('Bundling the package');
  await mkdir(out, { recursive: true });
  await emitGenerated(known);
  for (const one of BUNDLES) await bundle(one, built);
  for (const { file, wasm } of [built.browser, built.server]) await emit(file, wasm);
  await emitTypes();
  await emitManifest();
  await emit('README.md', await readFile(join(template, 'README.md')));
  await emit('LICENSE', await readFile(at('LICENSE')));
  await emit('THIRD-PARTY-LICENSES', await licences());
  for (const file of await list(out)) if (!emitted.has(file)) await rm(join(out, file));
  await link();

  say(`  ${sizeLine('cts_tracker_bg.wasm', built.browser.wasm)}`);
  say(`Built pkg/ in ${seconds(began)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main(() => buildPackage());
