// Takes the place of `WebAssembly` in `cts-tracker/js`, as far as the glue and the engine use it.
class Module {
  constructor(instantiate) {
    this.instantiate = instantiate;
  }
}

class Instance {
  constructor({ instantiate }, imports) {
    this.exports = instantiate(imports);
  }
}

class RuntimeError extends Error {}

export const WebAssembly = { Module, Instance, RuntimeError };
