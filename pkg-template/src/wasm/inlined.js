// `#wasm` of the default entries: the module travels inside the JavaScript and is compiled at the first call.
import { binary, MASK } from '#wasm-binary';

function bytes() {
  const text = binary();
  const out = new Uint8Array(text.length);
  for (let i = 0; i < out.length; i++) out[i] = text.charCodeAt(i) ^ MASK;
  return out;
}

export const compile = () => new WebAssembly.Module(bytes());
export const compileAsync = () => WebAssembly.compile(bytes());
