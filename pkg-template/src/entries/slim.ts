// `cts-tracker/slim`: the same package, with the wasm file where the host puts it.

export { init, initSync } from '../wasm/load-slim.js';
export * from './index.js';
