// workerd does not compile from bytes: the bundler imports the file as a compiled module.
import type { WasmSource } from './instance.js';

export const precompiled = (module: WebAssembly.Module): WasmSource => ({
  compile: () => module,
  compileAsync: async () => module,
});
