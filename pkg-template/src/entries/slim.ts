// `cts-tracker/slim`: the same package without the wasm file, which the host loads.

export { type InitSource, init, initSync } from '../wasm/load-slim.js';
export * from './index.js';
