// Signing, proxy and emulator: one module over one server-side wasm.
export { createEmulator, sampleCredentials, toNodeListener } from './create-emulator.js';
export { createSigningProxy } from './create-signing-proxy.js';
export { signRequest, verifyRequest } from './sign-request.js';
