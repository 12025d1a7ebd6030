// Bundles pkg-template/src into pkg/ with tsdown.
import { at, Failure, run } from './common.mjs';
import { inlinedArguments } from './glue.mjs';

/**
 * @typedef {Awaited<ReturnType<typeof import('./rust.mjs').readRust>>} Rust
 * @typedef {import('./rust.mjs').Kind} Kind
 * @typedef {{ format: 'esm' | 'cjs' | 'iife', loader: Loader, entries: Record<string, string>, chunks?: string, query?: string }} Bundle
 *   `chunks` is the folder of what the entries share, `query` belongs to the name of the imported wasm file
 * @typedef {'inlined' | 'imported' | 'slim' | 'script'} Loader how the wasm is loaded: see pkg-template/src/wasm
 */

/** @satisfies {Partial<Record<Kind, string>>} */
export const WASM_FILES = { browser: 'cts_tracker_bg.wasm', server: 'cts_tracker_server_bg.wasm' };
const WITH_WASM = ['index', 'signing', 'proxy', 'emulator'];
/** `node` contains a wasm, too, but no host that imports a wasm file has the server of Node. */
const LIBRARY = [...WITH_WASM, 'node', 'async-validator', 'arco', 'tdesign', 'vee-validate'];

/** @param {string[]} parts */
const source = (...parts) => at('pkg-template', 'src', ...parts);
/**
 * @param {string[]} names
 * @param {string} [suffix]
 */
const entries = (names, suffix = '') =>
  Object.fromEntries(names.map((name) => [name + suffix, source('entries', `${name}.ts`)]));

/** @type {Bundle[]} */
const BUNDLES = [
  // The command line imports other entries at run time, so it shares their chunks.
  { format: 'esm', loader: 'inlined', entries: entries([...LIBRARY, 'cli']) },
  { format: 'cjs', loader: 'inlined', entries: entries(LIBRARY) },
  { format: 'esm', loader: 'imported', entries: entries(WITH_WASM, '.workerd'), chunks: 'chunks/workerd' },
  { format: 'esm', loader: 'imported', entries: entries(WITH_WASM, '.edge'), chunks: 'chunks/edge', query: '?module' },
  { format: 'esm', loader: 'slim', entries: entries(['slim']) },
  { format: 'cjs', loader: 'slim', entries: entries(['slim']) },
  { format: 'esm', loader: 'script', entries: entries(['js']) },
  { format: 'cjs', loader: 'script', entries: entries(['js']) },
  { format: 'iife', loader: 'inlined', entries: { 'cts-tracker': source('entries', 'index.ts') } },
];

/** @param {import('tsdown').InlineConfig} options */
async function tsdown(options) {
  const { build } = await import('tsdown');
  const common = { target: 'es2022', outDir: at('pkg'), clean: false, minify: false, fixedExtension: false };
  return build({ config: false, logLevel: 'warn', ...common, ...options });
}

/**
 * @param {Rust} rust
 * @returns the paths of the bundled modules
 */
export async function bundleCode(rust) {
  const results = [];
  for (const bundle of BUNDLES) {
    const { format, entries, chunks = 'chunks' } = bundle;
    const built = await tsdown({
      entry: entries,
      format,
      globalName: 'ctsTracker',
      platform: 'cli' in entries ? 'node' : 'neutral',
      minify: format === 'iife',
      sourcemap: format !== 'iife',
      // The CommonJS build of yaml calls require(), which an ES module does not have.
      alias: { yaml: at('node_modules/yaml/browser/index.js') },
      deps: { alwaysBundle: [/./], onlyBundle: false },
      plugins: [virtualModules(bundle, rust), escapeToAscii()],
      outputOptions: { chunkFileNames: `${chunks}/[name].${format === 'cjs' ? 'cjs' : 'js'}` },
    });
    results.push(...built);
  }
  return results.flatMap(({ chunks }) => chunks).flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []));
}

/**
 * Generates the declarations: a page of re-exports for each entry, and a file in types/ for each source, with short lines,
 * because editors open them. CommonJS needs its own, or TypeScript takes them for ES modules.
 */
export async function bundleTypes() {
  const pages = entries([...LIBRARY, 'slim', 'js']);
  for (const kind of ['', 'c'])
    await tsdown({
      entry: pages,
      platform: 'neutral',
      dts: { oxc: true, emitDtsOnly: true },
      unbundle: true,
      outExtensions: () => ({ js: `.${kind}js`, dts: `.d.${kind}ts` }),
      outputOptions: {
        entryFileNames: ({ name }) => `${name.replace(/\.d$/, '') in pages ? '' : 'types/'}[name].${kind}ts`,
      },
    });
  const written = ['types', ...Object.keys(pages).flatMap((name) => [`${name}.d.ts`, `${name}.d.cts`])];
  const format = [at('node_modules/@biomejs/biome/bin/biome'), 'format', '--write', '--vcs-enabled=false'];
  await run(process.execPath, [...format, ...written.map((path) => at('pkg', path))], { quiet: true });
}

/**
 * The modules that the sources import by names with `#`: the wasm, its bindings, and the wasm as JavaScript.
 * @param {Bundle} bundle
 * @param {Rust} rust
 */
function virtualModules({ format, loader, query = '' }, { script, ...rust }) {
  const load = JSON.stringify(source('wasm', `load-${loader}.ts`));
  const standIn = JSON.stringify(source('wasm', 'webassembly-stand-in.ts'));
  /** @type {Record<string, string>} */
  const modules = { '#script': `import { grown, WebAssembly } from ${standIn};\n${script.script}` };
  for (const kind of /** @type {Kind[]} */ (['validators', 'client', 'browser', 'server'])) {
    const { wasm, glue } = rust[kind];
    modules[`#glue-${kind}`] = loader === 'script' && kind === 'browser' ? script.glue : glue;
    modules[`#wasm-${kind}`] = {
      inlined: `import { inlined } from ${load};\nexport default /* @__PURE__ */ inlined(${inlinedArguments(wasm, format)});`,
      imported: `import module from './${WASM_FILES[/** @type {keyof typeof WASM_FILES} */ (kind)]}';\nimport { precompiled } from ${load};\nexport default precompiled(module);`,
      slim: `export { source as default } from ${load};`,
      script: `import { script } from ${load};\nimport { instantiate } from '#script';\nexport default script(instantiate);`,
    }[loader];
  }
  // A bundler drops what a page does not import; a file is loaded whole.
  const whole = loader !== 'inlined' || format === 'iife';
  return {
    name: 'virtual-modules',
    resolveId(/** @type {string} */ id) {
      if (id.endsWith('.wasm')) return { id: id + query, external: /** @type {const} */ (true) };
      const one = whole ? id.replace(/-(validators|client)$/, '-browser') : id;
      return one in modules ? `\0${one}` : undefined;
    },
    load(/** @type {string} */ id) {
      // Without a source map: these modules are not sources.
      const code = modules[id.slice(1)];
      return code === undefined ? undefined : { code, map: { mappings: '' } };
    },
    renderChunk(/** @type {string} */ code, /** @type {{ fileName: string }} */ { fileName }) {
      // The wasm files are beside the entries. A chunk in a folder below must not look for them in its own.
      const up = '../'.repeat(fileName.split('/').length - 1);
      return up === '' ? null : { code: code.replace(/(?<=^import module from ")\.\/(?=\w+\.wasm)/m, up), map: null };
    },
  };
}

/**
 * Files in which escapes would cost more than 1 % of brotli (1.1 % to 4.6 %), for the wasm and the Chinese texts in them.
 * `tests/packaging/ascii.test.mjs` measures each file.
 */
const KEEPS_UTF8 = /^(?:(?:index|cli)\b.*|chunks\/exports)\.c?js$/;

/**
 * Escapes what is not ASCII, so that a classic script that contains the file works in a page of any charset. The columns
 * of the source map after an escape are those of the text before it.
 */
const escapeToAscii = () => ({
  name: 'escape-to-ascii',
  // The minifier, which runs after `renderChunk`, writes UTF-8.
  generateBundle(/** @type {unknown} */ _, /** @type {Record<string, { code?: string }>} */ files) {
    for (const [name, file] of Object.entries(files)) {
      if (!file.code || KEEPS_UTF8.test(name)) continue;
      if (/\\[^\0-\x7e]/.test(file.code))
        throw new Failure(`${name} escapes a character that is not ASCII by a backslash`);
      file.code = file.code.replace(/[^\0-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
});
