// The server entries, which need the types of a platform.

import type { CtsError } from 'cts-tracker';
import type { EmulatorFault, EmulatorOptions } from 'cts-tracker/emulator';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import type { ProxyProblemCode } from 'cts-tracker/proxy';
import { createSigningProxy } from 'cts-tracker/proxy';

// Options may be undefined, and lists may be read-only.
declare const off: undefined;
const nothing: EmulatorOptions = {
  buckets: off,
  keys: off,
  credentials: off,
  now: off,
  random: off,
  latencyMs: off,
  faults: off,
};
const none: EmulatorFault = {
  kind: 503,
  when: off,
  ms: off,
  retryAfter: off,
  headers: off,
  body: off,
  operation: off,
  nth: off,
  times: off,
};
createEmulator(nothing);
const options = {
  buckets: [{ name: 'bucket1', location: 'cn-north-1', managed: off }],
  credentials: [{ ...sampleCredentials, securityToken: off }],
  faults: ['503', { kind: 'latency', ms: 250, headers: { a: 'b' } }, none],
} as const;
const emulator = createEmulator(options);
toNodeHandler(emulator);
// @ts-expect-error a bucket has a name
createEmulator({ buckets: [{ location: 'cn-north-1' }] });
// @ts-expect-error null is not absent
createEmulator({ latencyMs: null });

const proxy = createSigningProxy({
  region: 'eu-west-0',
  credentials: sampleCredentials,
  projects: off,
  allowedOrigins: ['https://a'] as const,
  ratePerClient: { perMinute: 1, burst: off },
});
void proxy.fetch;

// The codes of the proxy are also those of the client's errors.
declare const error: CtsError;
'host_not_allowed' satisfies ProxyProblemCode;
const code: CtsError['errorCode'] = 'rate_limited' satisfies ProxyProblemCode;
if (error.kind === 'proxy' && error.errorCode === 'id_not_allowed') void code;
// @ts-expect-error no such code
'host_not_alowed' satisfies ProxyProblemCode;
