// `cts-tracker/slim`: the same package, with the wasm file where the host puts it.
export * from './index.js';
export { init, initSync } from '../wasm/load-slim.js';
