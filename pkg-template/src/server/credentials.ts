// The proxy's keys: given once, or by a provider that is asked again before they run out.
import { proxyKeys, proxyRefresh } from '#glue-server';
import { call } from '../wasm/server.js';
import { exchange } from './exchange.js';
import { pause, withTimeout } from './timeout.js';

const [USE, USE_AND_REFRESH] = [0, 1];
export const PROVIDER_TIMEOUT_MS = 10_000;
// How often a request that waits for keys looks.
const LOOK_MS = 5;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
// In milliseconds this is in 1973; in seconds no keys are good for as long.
const SECONDS_BELOW = 1e11;

/** What was given as keys cannot be keys. Never names their values. */
export function badKeys(code, message) {
  return Object.assign(new TypeError(`credentials: ${message}`), { code });
}

/** A copy of the keys, checked; so that what is done to the object later does nothing. */
function read(given, now) {
  if (typeof given !== 'object' || given === null)
    throw badKeys('invalid_credentials', 'an object with accessKeyId and secretAccessKey is needed');
  const { accessKeyId, secretAccessKey, securityToken, expiresAt } = given;
  const strings = [accessKeyId, secretAccessKey, securityToken ?? ''];
  for (const text of strings)
    if (typeof text !== 'string')
      throw badKeys('invalid_credentials', 'accessKeyId, secretAccessKey and securityToken are strings');
  const {
    strings: [verdict, code, message],
  } = exchange(strings, undefined, proxyKeys);
  if (verdict !== 'ok') throw badKeys(code, message);
  let expires = Infinity;
  if (expiresAt !== undefined && expiresAt !== null) {
    expires = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Number(expiresAt);
    if (Number.isNaN(expires))
      throw badKeys('invalid_expiry', 'expiresAt is not a Date, milliseconds since 1970, or a date in text');
    // A test's clock may itself be near 1970.
    if (Math.abs(expires) < SECONDS_BELOW && now() >= SECONDS_BELOW) {
      throw badKeys(
        'expiry_in_seconds',
        'expiresAt looks like seconds since 1970: it counts milliseconds, so multiply it by 1000',
      );
    }
  }
  return { strings, expires };
}

/**
 * @param {object | (() => Promise<object>)} credentials
 * @param {() => number} now
 * @param {(event: object) => void} tell
 */
export function createKeyRing(credentials, now, tell) {
  const provider = typeof credentials === 'function' ? credentials : undefined;
  let held = provider ? undefined : read(credentials, now);
  // The asking that is under way. In workerd no request may wait for another's promise, and what one began may end with
  // it: so others look by timers of their own, and no longer than the asking may take.
  let flight;
  let failures = 0;
  let retryAt = -Infinity;

  /** Asks the provider. */
  async function renew() {
    const mine = { until: now() + PROVIDER_TIMEOUT_MS };
    flight = mine;
    try {
      const fresh = read(await withTimeout(PROVIDER_TIMEOUT_MS, Promise.resolve().then(provider)), now);
      if (call(() => proxyRefresh(fresh.expires, Infinity, now())) !== USE) {
        throw badKeys('expired_credentials', 'the provider gave keys that have run out or are about to');
      }
      held = fresh;
      failures = 0;
      retryAt = -Infinity;
      tell({ type: 'credentials', ok: true });
      return fresh.strings;
    } catch (cause) {
      retryAt = now() + Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
      failures += 1;
      tell({ type: 'credentials', ok: false, error: nameOf(cause) });
      throw cause;
    } finally {
      if (flight === mine) flight = undefined;
    }
  }

  /** Keys that may be sent now: three strings. Throws if there are none. */
  async function keys() {
    for (;;) {
      const plan = call(() => proxyRefresh(held ? held.expires : NaN, retryAt, now()));
      if (plan === USE) return held.strings;
      if (!provider) throw badKeys('expired_credentials', 'they have run out');
      const asking = flight !== undefined && now() < flight.until;
      if (plan === USE_AND_REFRESH) {
        if (!asking) renew().catch(() => {});
        return held.strings;
      }
      // One at a time, however many wait for it.
      if (!asking) {
        // A provider that just failed is left alone for a moment.
        if (now() < retryAt) throw badKeys('credentials_unavailable', 'the provider failed a moment ago');
        return renew();
      }
      await pause(LOOK_MS);
    }
  }

  /** The service does not take these keys: a provider may have others. */
  function distrust(strings) {
    if (provider && held?.strings === strings) held = undefined;
  }

  return { keys, distrust, current: () => held?.strings };
}

/** An error by its name and code alone: its message may hold anything. */
export function nameOf(cause) {
  const word = (value) => (typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : undefined);
  try {
    return word(cause?.code) ?? word(cause?.name) ?? 'error';
  } catch {
    return 'error';
  }
}
