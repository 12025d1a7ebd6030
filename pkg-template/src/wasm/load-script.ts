// `cts-tracker/js`: an instance is made by calling a function, so there is nothing to compile.
import type { WasmSource } from './instance.js';
import { type Instantiate, WebAssembly as StandIn } from './webassembly-stand-in.js';

export const script = (instantiate: Instantiate): WasmSource => {
  const compile = () => new StandIn.Module(instantiate);
  return { compile, compileAsync: async () => compile() };
};
