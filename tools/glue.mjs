// Changes to the output of rustc, wasm-bindgen and wasm2js on its way into the package. Each stops the build if the
// output no longer has the expected shape.
import { Failure } from './common.mjs';

/**
 * Each byte of the code of an inlined wasm is XORed with it. Then the most frequent bytes need neither an escape nor two
 * bytes of UTF-8: 11 kB of brotli less for the server entries (6 %), 1.5 kB for `cts-tracker`. Names and texts beside the
 * code stay as they are, because the JavaScript around them has many of them, too: 2.4 kB and 0.6 kB of this.
 */
const MASK = 0x68;

/**
 * The place of the code: the section with the ID 10.
 * @param {Uint8Array} wasm
 */
function codeOf(wasm) {
  let at = 8;
  for (;;) {
    const id = wasm[at++];
    let [size, shift, byte] = [0, 0, 0x80];
    for (; byte & 0x80; shift += 7) {
      byte = wasm[at++] ?? 0;
      size |= (byte & 0x7f) << shift;
    }
    if (id === 10) return { from: at, to: at + size };
    if (id === undefined) throw new Failure('the wasm has no code');
    at += size;
  }
}

/** @param {Uint8Array} wasm */
export function masked(wasm) {
  const { from, to } = codeOf(wasm);
  return Buffer.from(wasm.map((byte, at) => (at >= from && at < to ? byte ^ MASK : byte)));
}

/** @type {Record<string, string>} */
const ESCAPES = { '\0': '\\0', '\n': '\\n', '\r': '\\r', '"': '\\"', '\\': '\\\\', '<': '\\x3c' };

/**
 * Bytes as a JavaScript string literal with one character U+0000 to U+00FF for each byte. Encoded in UTF-8, the
 * bundle is 5.8 kB of brotli smaller than with base64.
 * @param {Uint8Array} bytes
 */
export function asCharacters(bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  // `\0` before a digit is an octal escape; `</script` would end an inline script.
  const escaped = text
    .replace(/[\\\n\r"]|\0(?![0-9])|<(?=\/script)/gi, (character) => ESCAPES[character] ?? '')
    .replaceAll('\0', '\\x00');
  return `"${escaped}"`;
}

/**
 * The arguments of `inlined` in load-inlined.ts. The page decides the charset of a script tag, so there the wasm is base64.
 * @param {Uint8Array} wasm
 * @param {string} format of the bundle
 */
export function inlinedArguments(wasm, format) {
  const { from, to } = codeOf(wasm);
  const bytes = masked(wasm);
  const literal = format === 'iife' ? `atob("${bytes.toString('base64')}")` : asCharacters(bytes);
  return `() => ${literal}, ${MASK}, ${from}, ${to}`;
}

/** What the library calls for a panic. */
const PANICS = /^(?:alloc|core|std)::.*(?:panick|_failed?$|::handle_error$|::handle_alloc_error$|capacity_overflow)/;

/** Library functions that only a panic calls, and wasm-bindgen's support for closures, which we do not use. */
const UNUSED = /\bfmt::|\bpanic|\bany::Any\b|^std::alloc::|^(?:wasm_bindgen|js_sys)::/;

/** @param {string} name with the hashes of crates */
const plainName = (name) => name.replace(/\[[0-9a-f]+\]/g, '');

/**
 * Replaces the library's functions for a panic by a trap, because no host shows its message. Saves 2.8 kB of brotli in the
 * server's wasm, 0.6 kB in those of the browser. With `table`, also removes unused functions from the function table:
 * those that format the message. wasm-opt must keep them because the table can be called by any index. A removed
 * function that is called after all traps, too, because its entry is empty. Saves 1.7 kB of brotli.
 * @param {Uint8Array} wasm with the names of its functions
 * @param {{ table?: boolean }} [options]
 */
export async function trimPanics(wasm, { table: trimmed = true } = {}) {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(wasm);
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  const panics = functions.filter(({ name, module: imported }) => !imported && PANICS.test(plainName(name)));
  for (const { name, params, results } of panics) {
    module.removeFunction(name);
    module.addFunction(name, params, results, [], module.unreachable());
  }
  let entries = 0;
  if (trimmed) {
    const { name, table, offset, data } = binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(0));
    const { value: first } = /** @type {any} */ (binaryen.getExpressionInfo(offset));
    module.removeElementSegment(name);
    data.forEach((called, at) => {
      if (UNUSED.test(plainName(called))) entries += 1;
      else module.addActiveElementSegment(table, `entry ${at}`, [called], module.i32.const(first + at));
    });
  }
  if (panics.length === 0 || (trimmed && entries === 0))
    throw new Failure('no function of a panic was found: see trimPanics in tools/glue.mjs');
  binaryen.setDebugInfo(true);
  return module.emitBinary();
}

/**
 * Forbids callbacks into the wasm. A trap in a callback (a promise, a microtask) reaches no caller: it would end a Node
 * process and leave our promise pending.
 * @param {string} glue
 */
export function withoutClosures(glue) {
  if (/function make(Mut)?Closure/.test(glue))
    throw new Failure('the wasm exports a closure or an async function: see withoutClosures in tools/glue.mjs');
  return glue;
}

/**
 * Applies each replacement, or stops the build.
 * @param {string} text
 * @param {[RegExp, string][]} changes
 * @param {string} what the text and the function that changes it
 */
function change(text, changes, what) {
  return changes.reduce((changed, [pattern, replacement]) => {
    if (changed.search(pattern) < 0) throw new Failure(`${what}: ${pattern} is not there; update tools/glue.mjs`);
    return changed.replace(pattern, replacement);
  }, text);
}

/**
 * Makes the bindings do nothing when they are imported: `globals` is the module that takes the globals of the host at
 * their first use. Replaces the functions that load a wasm with `imports()` and `start(instance)`, since only the loaders
 * know how this host makes an instance.
 * @param {string} glue
 * @param {string} globals
 */
export function patchGlue(glue, globals) {
  /** @type {[RegExp, string][]} */
  const classes = [
    [/^if \(Symbol\.dispose\) .*\n/gm, ''],
    [
      /\(typeof FinalizationRegistry === 'undefined'\)\n.*\n.*: new FinalizationRegistry\(/g,
      '/* @__PURE__ */ finalization(',
    ],
    [/^const cachedTextEncoder = [^]*?^}\n(?=\nlet WASM_VECTOR_LEN)/m, ''],
    [/\bcachedTextEncoder\./g, 'textEncoder().'],
  ];
  /** @type {[RegExp, string][]} */
  const changes = [
    // The validators have no class, and take no string.
    ...(/^export class /m.test(glue) ? classes : []),
    [/^let cachedTextDecoder = [^]*?^function decodeText[^]*?^}\n/m, ''],
    [/^function __wbg_call_guard[^]*?^}\n/m, ''],
    [/^ +__wbg_call_guard\(\);\n/gm, ''],
    [/^.*__wbg_reinit_scheduled.*\n/gm, ''],
    [/^ +if \(typeof numBytesDecoded .*\n/m, ''],
    [
      /^export function __wbg_reset_state \(\) \{/m,
      'export const imports = () => __wbg_get_imports();\n\nexport function start(instance) {',
    ],
    [
      /^ +wasmInstance = new WebAssembly\.Instance.*\n +wasm = wasmInstance\.exports;\n/m,
      '    wasm = instance.exports;\n',
    ],
    [/(?<=\n +wasm\.__wbindgen_start\(\);)\n}/, '\n    return wasm;\n}'],
    [/^let wasmModule, wasmInstance, wasm;\n[^]*/m, 'let wasm;\n'],
  ];
  const names = 'decodeUtf8 as decodeText, finalization, textEncoder';
  return `import { ${names} } from ${JSON.stringify(globals)};\n${change(glue, changes, "wasm-bindgen's output")}`;
}

/**
 * Fixes bindings without reference types in three places: they import a module that does not exist, for the first index
 * that is not wasm-bindgen's own, they call a start function that is not exported, and they expect that growing memory
 * detaches the old buffer, which JavaScript cannot do on every engine.
 * @param {string} glue
 */
export function patchScriptGlue(glue) {
  const [, first] = /\n {4}if \(idx < (\d+)\) return;\n/.exec(glue) ?? [];
  const patched = glue
    .replace(
      /^import \* as (\w+) from "__wbindgen_externref_xform__"$/m,
      `const $1 = { __wbindgen_externref_statics_end: () => ${first} };`,
    )
    .replaceAll('    wasm.__wbindgen_start();\n', '')
    .replace('cachedUint8ArrayMemory0.byteLength === 0', 'cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer');
  if (!first || /\n?import \*|__wbindgen_start/.test(patched))
    throw new Failure("wasm-bindgen's output has changed: update patchScriptGlue in tools/glue.mjs");
  return patched;
}

/**
 * Turns wasm2js's output into a module that does nothing before `instantiate` is called. A trap throws the error class of
 * WebAssembly, and growing memory calls `grown`.
 * @param {string} script
 */
export function patchScript(script) {
  /** @type {[RegExp, string][]} */
  const changes = [
    [/^(?:import .*\n)+/, ''],
    [/\nvar retasmFunc = [^]*$/, '\nreturn asmFunc(imports);\n}\n'],
    [
      /function wasm2js_trap\(\) \{[^}]*\}/,
      "function wasm2js_trap() { throw new WebAssembly.RuntimeError('unreachable'); }",
    ],
    [/^( +)buffer = newBuffer;$/m, '$&\n$1grown();'],
  ];
  return `export function instantiate(imports) {\n${change(script, changes, "wasm2js's output")}`;
}
