// `cts-tracker/emulator`
export { createEmulator, sampleCredentials, toNodeListener } from '../server/emulator.js';
