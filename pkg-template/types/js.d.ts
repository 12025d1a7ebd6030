// `cts-tracker/js`: the same, for pages whose policy allows no wasm.
export * from './index.js';
