// The proxy's keys: fixed ones, or a provider that is called again before they expire. When it is called is decided in
// src/proxy/keys.rs.
import { Signer } from '#glue-server';
import { ownProperties } from '../options.js';
import { type Resident, resident } from './exports.js';
import { invalidOption, isObject, isString } from './options.js';
import type { ExpiringCredentials, ProxyEvent } from './proxy-options.js';
import { withTimeout } from './timeout.js';

const PROVIDER_TIMEOUT_MS = 10_000;
// In milliseconds this is in 1973; in seconds it is in the year 5138.
const LARGEST_SECONDS = 1e11;

/** Keys that were checked and copied into the wasm, so a later change of the caller's object has no effect. */
export interface Keys {
  signer: Resident<Signer>;
  /** Milliseconds since 1970, or `Infinity`. */
  expires: number;
}

/** The message of the error never contains a key. */
function readKeys(given: unknown, now: () => number): Keys {
  const invalid = (code: string, message: string) => invalidOption(code, `credentials: ${message}`);
  if (!isObject(given)) throw invalid('invalid_credentials', 'must be an object with accessKeyId and secretAccessKey');
  const { accessKeyId, secretAccessKey, securityToken, expiresAt } = ownProperties(
    given,
  ) as Partial<ExpiringCredentials>;
  const token = securityToken ?? '';
  if (!isString(accessKeyId) || !isString(secretAccessKey) || !isString(token))
    throw invalid('invalid_credentials', 'accessKeyId, secretAccessKey and securityToken must be strings');
  let expires = Infinity;
  if (expiresAt !== undefined && expiresAt !== null) {
    expires = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Number(expiresAt);
    if (Number.isNaN(expires))
      throw invalid('invalid_expiry', 'expiresAt must be a Date, milliseconds since 1970, or a date string');
    // The clock of a test may itself be near 1970.
    if (Math.abs(expires) < LARGEST_SECONDS && now() >= LARGEST_SECONDS) {
      throw invalid(
        'expiry_in_seconds',
        'expiresAt looks like seconds since 1970, but it must be milliseconds: multiply it by 1000',
      );
    }
  }
  return { signer: resident(() => new Signer(accessKeyId, secretAccessKey, token)), expires };
}

export class KeyRing {
  /** The keys at hand. */
  held: Keys | undefined;
  readonly hasProvider: boolean;
  readonly #provider: () => unknown;
  readonly #now: () => number;
  readonly #emit: (event: ProxyEvent) => void;

  constructor(
    credentials: ExpiringCredentials | (() => unknown),
    now: () => number,
    emit: (event: ProxyEvent) => void,
  ) {
    this.hasProvider = typeof credentials === 'function';
    this.#provider = typeof credentials === 'function' ? credentials : () => credentials;
    this.#now = now;
    this.#emit = emit;
    if (!this.hasProvider) this.held = readKeys(credentials, now);
  }

  /** Calls the provider. `accept` passes the expiry of the new keys to the proxy, or undefined if the provider failed. */
  async fetch(accept: (expires: number | undefined) => boolean): Promise<boolean> {
    let expires: number | undefined;
    try {
      const given = await withTimeout(PROVIDER_TIMEOUT_MS, Promise.resolve().then(this.#provider));
      const keys = readKeys(given, this.#now);
      expires = keys.expires;
      if (!accept(expires))
        throw invalidOption('expired_credentials', 'the provider returned keys that have expired or are about to');
      this.held = keys;
      this.#emit({ type: 'credentials', ok: true });
      return true;
    } catch (cause) {
      if (expires === undefined) accept(undefined);
      this.#emit({ type: 'credentials', ok: false, error: nameOf(cause) });
      return false;
    }
  }

  /** The service has refused these keys. A provider may have others. */
  discard(keys: Keys): void {
    if (this.hasProvider && this.held === keys) this.held = undefined;
  }
}

/** The code or the name of an error. Its message may contain anything. */
export function nameOf(cause: unknown): string {
  const word = (value: unknown) => (isString(value) && /^[\w.-]{1,64}$/.test(value) ? value : undefined);
  try {
    const { code, name } = cause as { code?: unknown; name?: unknown };
    return word(code) ?? word(name) ?? 'error';
  } catch {
    return 'error';
  }
}
