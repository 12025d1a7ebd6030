export { createSigningProxy } from './server.js';
