// `cts-tracker/js`: there is nothing to compile; an instance is the result of a function call.
import { WebAssembly } from './webassembly-stand-in.js';

export const script = (instantiate) => {
  const compile = () => new WebAssembly.Module(instantiate);
  return { compile, compileAsync: async () => compile() };
};
