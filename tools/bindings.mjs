// Makes wasm-bindgen's bindings small: the names by which a wasm asks for functions, and what no caller of ours needs.
import { Failure } from './common.mjs';

const FUNCTION = 0;
const IMPORTS = 2;
/** The module that all functions are asked of. */
const LONG_MODULE = './cts_tracker_bg.js';
const MODULE = 'js';

/**
 * Short names for what a wasm imports: wasm-bindgen's end with a hash, which does not compress, and stand in the glue as
 * well. `renamed` is for both; a wasm turned into JavaScript is a text like its glue.
 * @param {string} glue
 */
export function shortNames(glue) {
  const found = [...glue.matchAll(/^ {8}(__wb\w+): function/gm)].map(([, name]) => name);
  const names = new Map(found.map((name, at) => [name, `_${at.toString(36)}`]));
  if (names.size === 0) throw new Failure("wasm-bindgen's output is another: shortNames in tools/bindings.mjs must be written anew");
  return {
    text: (text) => text.replace(/\b__wb\w+/g, (name) => names.get(name) ?? name).replaceAll(LONG_MODULE, MODULE),
    wasm: (bytes) => renameImports(bytes, names),
  };
}

/** The section of imports is written anew, the others stay as they are. */
function renameImports(bytes, names) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const text = () => {
    const length = number();
    return bytes.toString('utf8', at, at += length);
  };
  while (at < bytes.length) {
    const start = at;
    const id = bytes[at++];
    const size = number();
    if (id !== IMPORTS) {
      at += size;
      continue;
    }
    const count = number();
    const body = [leb(count)];
    for (let i = 0; i < count; i++) {
      const module = text();
      const name = text();
      if (module !== LONG_MODULE || bytes[at++] !== FUNCTION) throw new Failure('the wasm imports more than functions of its glue: see renameImports in tools/bindings.mjs');
      body.push(named(MODULE), named(names.get(name) ?? name), Buffer.of(FUNCTION), leb(number()));
    }
    const written = Buffer.concat(body);
    return Buffer.concat([bytes.subarray(0, start), Buffer.of(IMPORTS), leb(written.length), written, bytes.subarray(at)]);
  }
  return bytes;
}

const named = (name) => Buffer.concat([leb(Buffer.byteLength(name)), Buffer.from(name)]);

function leb(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Buffer.from([...bytes, value]);
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
  [/^( {8}__wb\w+): function\(/gm, '$1('],
  // Memory that has grown has another buffer.
  [/cachedDataViewMemory0\.buffer\.detached === true \|\| \((.*?)\.detached === undefined && (.*?)\)\) \{/, '$2) {'],
];

/** @param {string} glue */
export function withoutNeedless(glue) {
  return NEEDLESS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), glue);
}
