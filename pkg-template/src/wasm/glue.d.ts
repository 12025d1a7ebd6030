// What tools/glue.mjs adds to the bindings.
import '#glue-browser';
import '#glue-server';

declare module '#glue-browser' {
  /** What the wasm imports. */
  export function imports(): WebAssembly.Imports;
  /** Uses this instance from now on, and returns its exports. */
  export function start(instance: WebAssembly.Instance): InitOutput;
}

declare module '#glue-server' {
  export function imports(): WebAssembly.Imports;
  export function start(instance: WebAssembly.Instance): InitOutput;
}
