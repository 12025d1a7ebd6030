// What is done to wasm-bindgen's output on its way into the bundle.
import { Failure } from './common.mjs';

/** Added to each byte, modulo 256: a wasm's commonest bytes then need no escape, and the whole compresses 2 % better. */
export const SHIFT = 35;

const ESCAPES = { '\0': '\\0', '\n': '\\n', '\r': '\\r', '"': '\\"', '\\': '\\\\', '<': '\\x3c' };

/** Bytes as a JavaScript string literal, one character U+0000 to U+00FF a byte. In UTF-8 it compresses better than base64. */
export function asCharacters(bytes) {
  const text = Buffer.from(bytes.map((byte) => byte + SHIFT)).toString('latin1');
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
