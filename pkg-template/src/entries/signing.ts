// `cts-tracker/signing`
export type {
  Credentials,
  HeadersInput,
  RequestToSign,
  RequestToVerify,
  SignedRequest,
  Verification,
} from '../server/signing.js';
export { signRequest, verifyRequest } from '../server/signing.js';
