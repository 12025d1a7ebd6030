// Replaces `WebAssembly` in `cts-tracker/js`, as far as the glue and `load-script.ts` use it. With it, the package runs
// under a Content-Security-Policy without 'wasm-unsafe-eval', and on engines without WebAssembly, such as Hermes.

/** The function that wasm2js made of the wasm. */
export type Instantiate = (imports: WebAssembly.Imports) => WebAssembly.Exports;

class Module {
  constructor(readonly instantiate: Instantiate) {}
}

class Instance {
  readonly exports: WebAssembly.Exports;
  constructor({ instantiate }: Module, imports: WebAssembly.Imports) {
    this.exports = instantiate(imports);
  }
}

class RuntimeError extends Error {}

const StandIn: {
  Module: typeof Module;
  Instance: typeof Instance;
  RuntimeError: typeof RuntimeError;
} = { Module, Instance, RuntimeError };

export { StandIn as WebAssembly };
