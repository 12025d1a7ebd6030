// What tools/glue.mjs adds to the bindings.
import '#glue-client';
import '#glue-server';
import '#glue-validators';

declare module '#glue-validators' {
  /** What the wasm imports. */
  export function imports(): WebAssembly.Imports;
  /** Uses this instance from now on, and returns its exports. */
  export function start(instance: WebAssembly.Instance): InitOutput;
}

declare module '#glue-client' {
  export function imports(): WebAssembly.Imports;
  export function start(instance: WebAssembly.Instance): InitOutput;
}

declare module '#glue-server' {
  export function imports(): WebAssembly.Imports;
  export function start(instance: WebAssembly.Instance): InitOutput;
}
