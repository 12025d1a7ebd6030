// An instance of a compiled module. The module is kept: another instance is needed after a trap.
import type { WasmSource } from './instance.js';

export function compiled(
  compile: () => WebAssembly.Module,
  compileAsync: () => Promise<WebAssembly.Module>,
): WasmSource {
  let module: WebAssembly.Module | undefined;
  return {
    instantiate(imports) {
      module ??= compile();
      return new WebAssembly.Instance(module, imports);
    },
    async instantiateAsync(imports) {
      module ??= await compileAsync();
      return WebAssembly.instantiate(module, imports);
    },
  };
}
