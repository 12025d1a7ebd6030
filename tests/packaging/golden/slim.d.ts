export * from "./index.js";
type Global<Name extends PropertyKey, Otherwise> = typeof globalThis extends Record<Name, infer Value> ? Value : Otherwise;
type Instance<Name extends PropertyKey> = Global<Name, {
    prototype: any;
}> extends {
    prototype: infer Of;
} ? Of : any;
type WasmModule = Global<"WebAssembly", any> extends {
    Module: {
        prototype: infer Of;
    };
} ? Of & object : object;
type Bytes = ArrayBufferLike | ArrayBufferView;
type Source = Instance<"Response"> | Bytes | WasmModule | Instance<"URL"> | string;
export function init(source: Source | PromiseLike<Source>): Promise<void>;
export function initSync(source: Bytes | WasmModule): void;
export {};
