// `cts-tracker/proxy`
export { createSigningProxy } from '../server/signing-proxy.js';
