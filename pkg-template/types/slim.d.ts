// `cts-tracker/slim`: the same, for who places the wasm file himself.
export * from './index.js';

type Global<Name extends PropertyKey, Otherwise> = typeof globalThis extends Record<Name, infer Value> ? Value : Otherwise;
type Instance<Name extends PropertyKey> = Global<Name, { prototype: any }> extends { prototype: infer Of } ? Of : any;
type WasmModule = Global<'WebAssembly', any> extends { Module: { prototype: infer Of } } ? Of & object : object;
type Bytes = ArrayBufferLike | ArrayBufferView;

type Source = Instance<'Response'> | Bytes | WasmModule | Instance<'URL'> | string;

/**
 * Gives the wasm to the package, before anything else is called. It may be called twice, also at once, and again after a
 * failure.
 */
export function init(source: Source | PromiseLike<Source>): Promise<void>;
/** The same at once, from bytes or a compiled module. */
export function initSync(source: Bytes | WasmModule): void;

export {};
