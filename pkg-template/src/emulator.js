export { createEmulator, sampleCredentials, toNodeListener } from './server.js';
