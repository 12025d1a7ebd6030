// `cts-tracker/js`: the same package with the wasm turned into JavaScript, for a Content-Security-Policy without
// 'wasm-unsafe-eval' and for engines without WebAssembly.
export * from './index.js';
