// `cts-tracker/proxy`
export type { ProxyProblemCode } from '../generated/names.js';
export type {
  ExpiringCredentials,
  ProxyEvent,
  RateLimit,
  SigningProxy,
  SigningProxyOptions,
} from '../server/proxy-options.js';
export type { Credentials } from '../server/signing.js';
export { createSigningProxy } from '../server/signing-proxy.js';
