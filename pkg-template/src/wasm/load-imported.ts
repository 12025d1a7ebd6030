// workerd and Next's edge runtime do not compile bytes: the bundler imports the file as a compiled module.
import type { WasmSource } from './instance.js';
import { compiled } from './load-compiled.js';

export const precompiled = (module: WebAssembly.Module): WasmSource =>
  compiled(
    () => module,
    async () => module,
  );
