// `cts-tracker/js`: the same package with the wasm turned into JavaScript, for pages whose policy allows no wasm.
export * from './index.js';
