// `cts-tracker/js`: an instance is made by calling a function, so there is nothing to compile.
import type { WasmSource } from './instance.js';

/** The function that wasm2js made of the wasm. */
export type Instantiate = (imports: WebAssembly.Imports) => WebAssembly.Exports;

export const script = (instantiate: Instantiate): WasmSource => ({
  instantiate: (imports) => ({ exports: instantiate(imports) }),
  instantiateAsync: async (imports) => ({ exports: instantiate(imports) }),
});
