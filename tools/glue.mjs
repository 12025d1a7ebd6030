// What is done to wasm-bindgen's output on its way into the bundle.
import { Failure } from './common.mjs';

const ESCAPES = { '\0': '\\0', '\n': '\\n', '\r': '\\r', '"': '\\"', '\\': '\\\\', '<': '\\x3c' };

/** Bytes as a JavaScript string literal, one character U+0000 to U+00FF a byte. In UTF-8 it compresses better than base64. */
export function asCharacters(bytes) {
  const text = Buffer.from(bytes).toString('latin1');
  // A NUL would be read together with a digit after it; `</script` would end an inline script.
  return `"${text.replace(/[\0\n\r"\\]|<(?=\/script)/gi, (c, at) => (c === '\0' && /[0-9]/.test(text[at + 1]) ? '\\x00' : ESCAPES[c]))}"`;
}

/**
 * A trap inside a callback (a promise, a microtask) reaches no caller of ours: it would end a Node process, and leave
 * our promise open for ever. So nothing of ours is called back by the host.
 */
export function withoutClosures(glue) {
  if (/function make(Mut)?Closure/.test(glue))
    throw new Failure('the wasm exports a closure or an async function: see tools/glue.mjs');
  return glue;
}

/**
 * Bindings without reference types miss two things: they ask for a module that nobody has, which only says from where
 * on the values are not wasm-bindgen's own, and they call a start function where none is made.
 */
export function patchScriptGlue(glue) {
  const [, first] = /\n    if \(idx < (\d+)\) return;\n/.exec(glue) ?? [];
  const patched = glue
    .replace(
      /^import \* as (\w+) from "__wbindgen_externref_xform__"$/m,
      `const $1 = { __wbindgen_externref_statics_end: () => ${first} };`,
    )
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
  replace(
    /function wasm2js_trap\(\) \{[^}]*\}/,
    "function wasm2js_trap() { throw new WebAssembly.RuntimeError('unreachable'); }",
  );
  replace(/^( +)buffer = newBuffer;$/m, '$1structuredClone(buffer, { transfer: [buffer] });\n$&');
  return `export function instantiate(imports) {\n${patched}`;
}
