export { signRequest, verifyRequest } from './server.js';
