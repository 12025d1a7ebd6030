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
 * our promise open for ever. So a callback hands it to the engine, and one that outlived its instance does nothing.
 */
export function patchGlue(glue, engine) {
  if (!glue.includes('function makeMutClosure') && !glue.includes('function makeClosure')) return glue;
  let patched = glue;
  const replace = (pattern, replacement) => {
    const before = patched;
    patched = patched.replace(pattern, replacement);
    if (patched === before) {
      throw new Failure(`wasm-bindgen's output no longer has ${pattern}: patchGlue in tools/glue.mjs must be written anew`);
    }
  };
  replace(/throw new Error\('Cannot invoke closure from previous WASM instance'\);/g, 'return;');
  replace(/^( +)(return f\(.*\);)\n( +)\} finally \{/gm, '$1$2\n$3} catch (e) {\n$1if (!__cts_is_trap(e)) throw e;\n'
    + '$1__cts_trapped(e);\n$3} finally {');
  replace(/^( +)real\._wbg_cb_unref\(\);/gm, '$1if (state.instance === __wbg_instance_id) real._wbg_cb_unref();');
  return `import { trapped as __cts_trapped } from '${engine}';\nimport { isTrap as __cts_is_trap } from './make-engine.js';\n${patched}`;
}
