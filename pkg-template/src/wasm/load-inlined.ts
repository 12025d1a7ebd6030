// The wasm is inlined in the JavaScript: one character U+0000 to U+00FF for each byte. Those of its code, between `from` and
// `to`, are XORed with `mask`: see tools/glue.mjs.
import type { WasmSource } from './instance.js';
import { compiled } from './load-compiled.js';

export const inlined = (literal: () => string, mask: number, from: number, to: number): WasmSource =>
  compiled(
    () => new WebAssembly.Module(bytesOf(literal(), mask, from, to)),
    () => WebAssembly.compile(bytesOf(literal(), mask, from, to)),
  );

function bytesOf(text: string, mask: number, from: number, to: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i) ^ (i >= from && i < to ? mask : 0);
  return bytes;
}
