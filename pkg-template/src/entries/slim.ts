// `cts-tracker/slim`: the same package without the wasm file, which the host loads.

export { init } from '../wasm/init-slim.js';
export { type InitSource, initSync } from '../wasm/load-slim.js';
export * from './index.js';
