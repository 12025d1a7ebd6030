// Modules that the build makes (tools/build.mjs): where the bytes of each wasm come from.

declare module '#wasm-validators' {
  const source: import('./instance.js').WasmSource;
  export default source;
}

declare module '#wasm-client' {
  const source: import('./instance.js').WasmSource;
  export default source;
}

declare module '#wasm-server' {
  const source: import('./instance.js').WasmSource;
  export default source;
}
