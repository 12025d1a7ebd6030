// Bundles pkg-template/src into pkg/ with tsdown.
import { at, Failure } from './common.mjs';
import { asCharacters, MASK, masked } from './glue.mjs';

/**
 * @typedef {Awaited<ReturnType<typeof import('./rust.mjs').readRust>>} Rust
 * @typedef {import('./rust.mjs').Kind} Kind
 * @typedef {'inlined' | 'imported' | 'slim' | 'script'} Loader how the wasm is loaded: see pkg-template/src/wasm
 * @typedef {{ format: 'esm' | 'cjs' | 'iife', loader: Loader, entries: Record<string, string>, chunks?: string, query?: string }} Bundle
 *   `query` belongs to the name of the imported wasm file
 */

/** @satisfies {Partial<Record<Kind, string>>} */
export const WASM_FILES = { browser: 'cts_tracker_bg.wasm', server: 'cts_tracker_server_bg.wasm' };
const FORMATS = /** @type {const} */ (['esm', 'cjs']);
const WITH_WASM = ['index', 'signing', 'proxy', 'emulator'];
const ADAPTERS = ['async-validator', 'arco', 'tdesign', 'vee-validate'];
/** Not for workerd, which has no server of Node. */
const NODE = ['node'];

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
  { format: 'esm', loader: 'inlined', entries: entries([...WITH_WASM, ...NODE, ...ADAPTERS, 'cli']), chunks: 'chunks' },
  { format: 'cjs', loader: 'inlined', entries: entries([...WITH_WASM, ...NODE, ...ADAPTERS]), chunks: 'chunks' },
  { format: 'esm', loader: 'imported', entries: entries(WITH_WASM, '.workerd'), chunks: 'chunks/workerd' },
  {
    format: 'esm',
    loader: 'imported',
    query: '?module',
    entries: entries(WITH_WASM, '.edge'),
    chunks: 'chunks/edge',
  },
  ...FORMATS.map((format) => /** @type {Bundle} */ ({ format, loader: 'slim', entries: entries(['slim']) })),
  ...FORMATS.map((format) => /** @type {Bundle} */ ({ format, loader: 'script', entries: entries(['js']) })),
  { format: 'iife', loader: 'inlined', entries: { 'cts-tracker': source('entries', 'index.ts') } },
];

const COMMON = {
  config: /** @type {const} */ (false),
  logLevel: /** @type {const} */ ('warn'),
  target: 'es2022',
  outDir: at('pkg'),
  clean: false,
  fixedExtension: false,
  minify: false,
};

/**
 * @param {string | undefined} folder
 * @param {Bundle['format']} format
 */
const chunkNames = (folder, format) => ({
  chunkFileNames: `${folder ?? '.'}/[name].${format === 'cjs' ? 'cjs' : 'js'}`,
});

/**
 * @param {Rust} rust
 * @returns the paths of the bundled modules
 */
export async function bundleCode(rust) {
  const { build } = await import('tsdown');
  const results = [];
  for (const bundle of BUNDLES) {
    const { format, entries, chunks } = bundle;
    const forScriptTag = format === 'iife';
    const options = {
      ...COMMON,
      entry: entries,
      format,
      globalName: 'ctsTracker',
      platform: 'cli' in entries ? /** @type {const} */ ('node') : /** @type {const} */ ('neutral'),
      dts: false,
      sourcemap: !forScriptTag,
      // The CommonJS build of yaml calls require(), which an ES module does not have.
      alias: { yaml: at('node_modules/yaml/browser/index.js') },
      deps: { alwaysBundle: [/./], onlyBundle: /** @type {const} */ (false) },
      plugins: [
        virtualModules(virtualSources(bundle, rust)),
        wasmBesideEntries(),
        forScriptTag ? minifyToAscii() : escapeToAscii(),
      ],
      outputOptions: chunkNames(chunks, format),
    };
    results.push(...(await build(options)));
  }
  return results.flatMap(({ chunks }) => chunks).flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []));
}

/**
 * Generates the declarations from the sources. All entries share the files in types/, so a type has one declaration.
 * CommonJS needs its own, or TypeScript takes them for ES modules.
 */
export async function bundleTypes() {
  const { build } = await import('tsdown');
  for (const kind of ['', 'c']) {
    const options = {
      ...COMMON,
      entry: entries([...WITH_WASM, ...NODE, 'slim', 'js', ...ADAPTERS]),
      format: /** @type {const} */ ('esm'),
      platform: /** @type {const} */ ('neutral'),
      dts: { oxc: true, emitDtsOnly: true },
      sourcemap: false,
      outExtensions: () => ({ js: `.${kind}js`, dts: `.d.${kind}ts` }),
      outputOptions: { minifyInternalExports: false, chunkFileNames: `types/[name].d.${kind}ts` },
    };
    await build(options);
  }
}

/**
 * The modules that the sources import by names with `#`: the wasm, its bindings, and the wasm as JavaScript.
 * @param {Bundle} bundle
 * @param {Rust} rust
 * @returns {Record<string, string>}
 */
function virtualSources({ format, loader, query = '' }, { script, ...rust }) {
  const load = JSON.stringify(source('wasm', `load-${loader}.ts`));
  /** @param {Kind} kind */
  const wasm = (kind) => {
    const bytes = rust[kind].wasm;
    // The page decides the charset of a script tag, so there the wasm is base64.
    const literal = format === 'iife' ? `atob("${masked(bytes).toString('base64')}")` : asCharacters(bytes);
    return {
      inlined: `import { inlined } from ${load};\nexport default /* @__PURE__ */ inlined(() => ${literal}, ${MASK});`,
      imported: `import module from './${WASM_FILES[/** @type {keyof typeof WASM_FILES} */ (kind)]}${query}';\nimport { precompiled } from ${load};\nexport default precompiled(module);`,
      slim: `export { source as default } from ${load};`,
      script: `import { script } from ${load};\nimport { instantiate } from '#script';\nexport default script(instantiate);`,
    }[loader];
  };
  const standIn = `import { grown, WebAssembly } from ${JSON.stringify(source('wasm', 'webassembly-stand-in.ts'))};\n`;
  /** @param {Kind} kind */
  const own = (kind) => ({ [`#wasm-${kind}`]: wasm(kind), [`#glue-${kind}`]: rust[kind].glue });
  /** @param {string} kind */
  const shared = (kind) => ({
    [`#wasm-${kind}`]: "export { default } from '#wasm-browser';",
    [`#glue-${kind}`]: "export * from '#glue-browser';",
  });
  // A bundler drops what a page does not import; a file is loaded whole.
  if (loader === 'inlined' && format !== 'iife') return { ...own('validators'), ...own('client'), ...own('server') };
  const both = { ...own('browser'), ...shared('validators'), ...shared('client'), ...own('server') };
  return loader === 'script' ? { ...both, '#glue-browser': script.glue, '#script': standIn + script.script } : both;
}

/** @param {Record<string, string>} sources by their names */
const virtualModules = (sources) => ({
  name: 'virtual-modules',
  resolveId(/** @type {string} */ id) {
    if (id in sources) return `\0${id}`;
    if (/\.wasm(\?module)?$/.test(id)) return { id, external: /** @type {const} */ (true) };
    return undefined;
  },
  load(/** @type {string} */ id) {
    // Without a source map: these modules are not sources.
    const code = sources[id.slice(1)];
    return code === undefined ? undefined : { code, map: { mappings: '' } };
  },
});

/** The wasm files are beside the entries. A chunk in a folder below must not look for them in its own. */
const wasmBesideEntries = () => ({
  name: 'wasm-beside-entries',
  renderChunk(/** @type {string} */ code, /** @type {{ fileName: string }} */ { fileName }) {
    const up = '../'.repeat(fileName.split('/').length - 1);
    return up === '' ? null : { code: code.replace(/(["'])\.\/(\w+\.wasm(?:\?module)?)\1/g, `$1${up}$2$1`), map: null };
  },
});

/** The bundler's own minifier writes UTF-8. */
const minifyToAscii = () => ({
  name: 'minify-to-ascii',
  async renderChunk(/** @type {string} */ code) {
    const { transform } = await import('esbuild');
    const { code: minified } = await transform(code, { minify: true, target: 'es2022', charset: 'ascii' });
    return { code: minified, map: null };
  },
});

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
  renderChunk(/** @type {string} */ code, /** @type {{ fileName: string }} */ { fileName }) {
    if (KEEPS_UTF8.test(fileName)) return null;
    if (/\\[^\0-\x7e]/.test(code))
      throw new Failure(`${fileName} escapes a character that is not ASCII by a backslash`);
    const hex = (/** @type {string} */ unit) => unit.charCodeAt(0).toString(16).padStart(4, '0');
    return { code: code.replace(/[^\0-\x7e]/g, (unit) => `\\u${hex(unit)}`), map: null };
  },
});
