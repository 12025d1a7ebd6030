// Signing, proxy and emulator: one module over one server-side wasm.
export { createEmulator, sampleCredentials, toNodeListener } from './create-emulator.js';
