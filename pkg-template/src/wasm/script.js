// `#wasm` of `cts-tracker/js`: nothing is compiled, an instance is a call of a function.
import { instantiate } from '#wasm-script';

export const compile = () => new WebAssembly.Module(instantiate);
export const compileAsync = async () => compile();
