// What is done to wasm-bindgen's output on its way into the bundle.
import { Failure } from './common.mjs';

/** Each byte is flipped by it: then the commonest need no escape, none below 0x80 two bytes, and the whole compresses a percent better than shifted. */
export const MASK = 0x3e;

const ESCAPES = { '\0': '\\0', '\n': '\\n', '\r': '\\r', '"': '\\"', '\\': '\\\\', '<': '\\x3c' };

/** Bytes as a JavaScript string literal, one character U+0000 to U+00FF a byte. In UTF-8 it compresses better than base64. */
export function asCharacters(bytes) {
  const text = Buffer.from(bytes.map((byte) => byte ^ MASK)).toString('latin1');
  // A NUL would be read together with a digit after it; `</script` would end an inline script.
  return `"${text.replace(/[\0\n\r"\\]|<(?=\/script)/gi, (c, at) => (c === '\0' && /[0-9]/.test(text[at + 1]) ? '\\x00' : ESCAPES[c]))}"`;
}

/**
 * A trap inside a callback (a promise, a microtask) reaches no caller of ours: it would end a Node process, and leave
 * our promise open for ever. So nothing of ours is called back by the host.
 */
export function withoutClosures(glue) {
  if (/function make(Mut)?Closure/.test(glue)) throw new Failure('the wasm exports a closure or an async function: see tools/glue.mjs');
  return glue;
}

/** Functions of Rust's library that do not return: they end the instance, with a message for which there is no place. */
const ENDS = ['core::panicking::panic_fmt', 'alloc::raw_vec::handle_error', 'alloc::alloc::handle_alloc_error'];
/** What nobody else calls: their formatting, and what wasm-bindgen has for closures and futures. */
const UNCALLED = /\bfmt::|^wasm_bindgen::convert::closures::|^js_sys::futures::/;
/** What else is in the table for them alone. */
const ENDING = /\bpanic|\bany::Any\b|^std::alloc::|^wasm_bindgen::__rt::link/;

/** Texts of theirs: places in sources, which end with a NUL, and what went wrong. */
const UNTOLD = /\/(?:rustc|cargo)\/[^\0]*?\.rs\0|capacity overflow|closure invoked recursively or after being dropped|RefCell already (?:mutably )?borrowed/g;

/**
 * Takes out of the browser's wasm what is never called, which no optimiser can know of: a function whose place in the
 * table was once taken may be called by it. A panic, or no memory, traps at once. Were anything taken out called after
 * all, it would be a trap too: its place is empty.
 * @param {Uint8Array} bound with the names of its functions
 */
export async function withoutUncalled(bound) {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(bound);
  const plain = (name) => name.replace(/\[[0-9a-f]+\]|::h[0-9a-f]{16}$/g, '');
  const functions = () => Array.from({ length: module.getNumFunctions() }, (_, at) => {
    const ref = module.getFunctionByIndex(at);
    return { ref, name: plain(binaryen.getFunctionInfo(ref).name) };
  });
  const ends = functions().filter(({ name }) => ENDS.includes(name));
  ends.forEach(({ ref }) => binaryen.Function.setBody(ref, module.unreachable()));

  const { name, table, offset, data } = binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(0));
  const first = binaryen.getExpressionInfo(offset).value;
  module.removeElementSegment(name);
  // One segment for each run of what stays.
  let run = [];
  [...data, undefined].forEach((called, at) => {
    if (called !== undefined && ![UNCALLED, ENDING].some((dead) => dead.test(plain(called)))) return run.push(called);
    const from = first + at - run.length;
    if (run.length > 0) module.addActiveElementSegment(table, `from ${from}`, run, module.i32.const(from));
    return run = [];
  });
  module.runPasses(['remove-unused-module-elements']);
  const left = functions().filter((f) => UNCALLED.test(f.name));
  if (ends.length < ENDS.length || left.length > 0) {
    throw new Failure(`the wasm formats text, or Rust's library is another: see withoutUncalled in tools/glue.mjs
${left.map((f) => f.name).join('\n')}`);
  }
  const bytes = Buffer.from(module.emitBinary()).toString('latin1');
  return Buffer.from(bytes.replace(UNTOLD, (text) => '\0'.repeat(text.length)), 'latin1');
}

/** The module of all that the wasm imports. */
const SHORT = 'js';

/**
 * Gives the functions that the wasm imports short names: wasm-bindgen's end with a hash each, which nothing compresses.
 * @param {Uint8Array} bound
 * @param {string} glue
 */
export async function withShortImports(bound, glue) {
  const { default: binaryen } = await import('binaryen');
  const module = binaryen.readBinary(bound);
  const all = Array.from({ length: module.getNumFunctions() }, (_, at) => binaryen.getFunctionInfo(module.getFunctionByIndex(at)));
  const short = new Map();
  for (const { name, base, params, results } of all) {
    if (!new RegExp(`^ {8}${base}: function`, 'm').test(glue)) continue;
    short.set(base, String.fromCharCode('a'.charCodeAt(0) + short.size));
    module.removeFunction(name);
    module.addFunctionImport(name, SHORT, short.get(base), params, results);
  }
  const patched = glue.replace(/^ {8}(\w+)(?=: function)/gm, (_, base) => `        ${short.get(base)}`).replace('"./cts_tracker_bg.js"', `"${SHORT}"`);
  if (short.size === 0 || short.size > 26 || patched.includes('undefined: function')) throw new Failure("wasm-bindgen's output is another: withShortImports in tools/glue.mjs must be written anew");
  return { wasm: module.emitBinary(), glue: patched };
}

/** What the glue does for callers and engines that there are not. Each is left out where it is found. */
const NEEDLESS = [
  // A new instance is made at our own wish, never at the next call.
  [/^ *__wbg_call_guard\(\);\n/gm, ''],
  [/^function __wbg_call_guard\(\) \{[^]*?\n\}\n/m, ''],
  [/^.*__wbg_reinit_scheduled = false;\n/gm, ''],
  [/^.*__wbg_instance_id.*\n/gm, ''],
  [/if \(typeof (\w+) !== 'undefined'\) (\1 = 0;)/g, '$2'],
  // All engines that know ES2022 have it.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{[^]*?\n\}\n/m, ''],
  // `initSync` is given a compiled module, as { module }.
  [/ {4}if \(module !== undefined\) \{\n {8}if \(Object\.getPrototypeOf\(module\)[^]*?\n {4}\}\n/, '    ({ module } = module);\n'],
  [/ {4}if \(!\(module instanceof WebAssembly\.Module\)\) \{\n[^]*?\n {4}\}\n/, ''],
  // Texts are always passed with both.
  [/ {4}if \(realloc === undefined\) \{\n[^]*?\n {4}\}\n/, ''],
  [/^( {8}\w+): function\(/gm, '$1('],
  // Memory that has grown has another buffer.
  [/cachedDataViewMemory0\.buffer\.detached === true \|\| \((.*?)\.detached === undefined && (.*?)\)\) \{/, '$2) {'],
];

/** @param {string} glue */
export function withoutNeedless(glue) {
  return NEEDLESS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), glue);
}

/**
 * Bindings without reference types miss two things: they ask for a module that nobody has, which only says from where
 * on the values are not wasm-bindgen's own, and they call a start function where none is made.
 */
export function patchScriptGlue(glue) {
  const [, first] = /\n    if \(idx < (\d+)\) return;\n/.exec(glue) ?? [];
  const patched = glue
    .replace(/^import \* as (\w+) from "__wbindgen_externref_xform__"$/m,
      `const $1 = { __wbindgen_externref_statics_end: () => ${first} };`)
    .replace('    wasm.__wbindgen_start();\n', '');
  if (!first || /\n?import \*|__wbindgen_start/.test(patched)) {
    throw new Failure("wasm-bindgen's output is another: patchScriptGlue in tools/glue.mjs must be written anew");
  }
  return patched;
}

/**
 * wasm2js's output, as a module that does nothing until `instantiate` is called: its start is put in a function. A trap
 * is an error of wasm's own class, and memory that grows takes the old buffer away, as the callers of a wasm expect.
 */
export function patchScript(script) {
  let patched = script;
  const replace = (pattern, replacement) => {
    const before = patched;
    patched = patched.replace(pattern, replacement);
    if (patched !== before) return;
    throw new Failure(`wasm2js's output no longer has ${pattern}: patchScript in tools/glue.mjs must be written anew`);
  };
  replace(/^(?:import .*\n)+/, '');
  replace(/\nvar retasmFunc = [^]*$/, '\nreturn asmFunc(imports);\n}\n');
  replace(/function wasm2js_trap\(\) \{[^}]*\}/,
    "function wasm2js_trap() { throw new WebAssembly.RuntimeError('unreachable'); }");
  replace(/^( +)buffer = newBuffer;$/m, '$1structuredClone(buffer, { transfer: [buffer] });\n$&');
  return `export function instantiate(imports) {\n${patched}`;
}
