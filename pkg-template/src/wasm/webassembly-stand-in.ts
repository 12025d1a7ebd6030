// Replaces `WebAssembly` in `cts-tracker/js`, as far as the code of wasm2js uses it. With it, the package runs under a
// Content-Security-Policy without 'wasm-unsafe-eval', and on engines without WebAssembly, such as Hermes.

export { grown } from './growth.js';

class RuntimeError extends Error {}

const StandIn: { RuntimeError: typeof RuntimeError } = { RuntimeError };

export { StandIn as WebAssembly };
