// The wasm is inlined in the JavaScript: one character U+0000 to U+00FF for each byte, XORed with `mask`.
import type { WasmSource } from './instance.js';
import { compiled } from './load-compiled.js';

export const inlined = (literal: () => string, mask: number): WasmSource =>
  compiled(
    () => new WebAssembly.Module(bytesOf(literal(), mask)),
    () => WebAssembly.compile(bytesOf(literal(), mask)),
  );

function bytesOf(text: string, mask: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i) ^ mask;
  return bytes;
}
