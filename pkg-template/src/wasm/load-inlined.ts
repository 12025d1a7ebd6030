// The module travels inside the JavaScript: one character U+0000 to U+00FF for each byte.

export const inlined = (literal: () => string) => ({
  compile: () => new WebAssembly.Module(bytesOf(literal())),
  compileAsync: () => WebAssembly.compile(bytesOf(literal())),
});

function bytesOf(text: string) {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
