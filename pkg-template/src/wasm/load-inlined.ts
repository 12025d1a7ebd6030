// The module is inlined in the JavaScript: one character U+0000 to U+00FF for each byte.
import type { WasmSource } from './instance.js';

export const inlined = (literal: () => string): WasmSource => ({
  compile: () => new WebAssembly.Module(bytesOf(literal())),
  compileAsync: () => WebAssembly.compile(bytesOf(literal())),
});

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
