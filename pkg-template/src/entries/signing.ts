// `cts-tracker/signing`
export { signRequest, verifyRequest } from '../server/signing.js';
