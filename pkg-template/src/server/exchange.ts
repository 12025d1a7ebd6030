// How strings and bytes cross into the server-side wasm and back: one write, one call, one read.
import { input, output, outputBody, outputBodySize } from '#glue-server';
import { call, instance } from '../wasm/server.js';

const encoder = /* @__PURE__ */ new TextEncoder();
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });
const NO_BODY = /* @__PURE__ */ new Uint8Array(0);

// The view is made anew when the memory has grown or the instance is another.
let memory = NO_BODY;
function bytes() {
  const { buffer } = instance().memory;
  return memory.buffer === buffer ? memory : (memory = new Uint8Array(buffer));
}

/**
 * Calls an export that takes joined strings and a body. A string with a NUL makes it answer an error.
 * @param {string[]} strings
 * @param {string | Uint8Array | undefined} body
 * @param {(count: number, fields: number, body: number) => number} run
 * @returns {{ strings: string[], ascii: boolean }} what it gave; whether what went in was ASCII alone
 */
export function exchange(strings, body, run) {
  return call(() => {
    const text = strings.join('\0');
    // A UTF-16 unit is at most three bytes of UTF-8; a long body is encoded first, to know its size.
    const payload = typeof body === 'string' ? (body.length > 8192 ? encoder.encode(body) : body) : (body ?? NO_BODY);
    const room = text.length * 3 + payload.length * (typeof payload === 'string' ? 3 : 1);
    const start = input(room);
    const view = bytes();
    const fields = encoder.encodeInto(text, view.subarray(start, start + room)).written;
    let size = payload.length;
    if (typeof payload === 'string')
      size = encoder.encodeInto(payload, view.subarray(start + fields, start + room)).written;
    else view.set(payload, start + fields);
    const length = run(strings.length, fields, size);
    const from = output();
    // Each string starts with its NUL.
    return {
      strings: decoder.decode(bytes().subarray(from + 1, from + length)).split('\0'),
      ascii: fields === text.length,
    };
  });
}

/** The body that the last call gave, in memory of our own. */
export function takeBody() {
  return call(() => {
    const from = outputBody();
    return bytes().slice(from, from + outputBodySize());
  });
}
