// The client: options in, calls out. What is sent and when it is sent again is decided in the wasm.
import { make_request, next_step } from '#glue-browser';
import { localeOption } from '../messages/locale.js';
import { booleanOption, durationOption, integerOption, objectOption, signalOption } from '../options.js';
import {
  validateCheckObsBuckets,
  validateCreateTracker,
  validateDomainId,
  validateProjectId,
} from '../validation/validate.js';
import { call as callWasm } from '../wasm/browser.js';
import { checkInBatches } from './check-buckets.js';
import { CtsError, isCtsError } from './error.js';
import { failure, invalid } from './failure.js';
import { createHost, READY } from './transport.js';

const TIMEOUT = 30000;
const RETRIES = 2;
/** So many outcomes that are not known are remembered, the newest. */
const REMEMBERED = 1000;

const OPERATIONS = {
  createTracker: { create: true, validate: validateCreateTracker, id: 'projectId', validateId: validateProjectId },
  checkObsBuckets: { create: false, validate: validateCheckObsBuckets, id: 'domainId', validateId: validateDomainId },
};

export function createCtsClient(options) {
  if (typeof options !== 'object' || options === null) throw new TypeError('options must be an object with a baseUrl');
  const { fetch, locale, onEvent } = options;
  const retry = objectOption(options.retry, 'retry');
  localeOption(locale);
  if (fetch !== undefined && typeof fetch !== 'function') throw new TypeError('fetch must be a function');
  if (onEvent !== undefined && typeof onEvent !== 'function') throw new TypeError('onEvent must be a function');
  const settings = {
    ...options,
    base: baseOf(options.baseUrl),
    headers: typeof options.headers === 'function' ? options.headers : headersFrom(options.headers),
    timeoutMs: durationOption(options.timeoutMs, 'timeoutMs', TIMEOUT),
    tryTimeoutMs: durationOption(retry.tryTimeoutMs, 'retry.tryTimeoutMs', Infinity),
    maxRetries: integerOption(retry.maxRetries, 'retry.maxRetries', RETRIES, 0, 10),
    // Trackers of which it is not known whether they were created.
    unknown: new Set(),
    tell(event) {
      try {
        onEvent?.(event);
      } catch {
        // A listener's fault is none of the call's.
      }
    },
  };
  const client = {
    createTracker: (body, call) => perform(settings, 'createTracker', body, call),
    checkObsBuckets: (body, call) => perform(settings, 'checkObsBuckets', body, call),
    checkBuckets: (buckets, call) => checkInBatches(settings, client, buckets, call),
  };
  return Object.freeze(client);
}

function baseOf(baseUrl) {
  let url;
  try {
    url = new URL(String(baseUrl), globalThis.location?.href);
  } catch {
    // Said below.
  }
  if (baseUrl === undefined || !/^https?:$/.test(url?.protocol)) {
    throw new TypeError("baseUrl must be the http: or https: URL of the signing proxy, or in a page '/a/path'");
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new TypeError('baseUrl must have no user, no password, no query and no fragment');
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function headersFrom(given) {
  try {
    return new Headers(given ?? undefined);
  } catch (cause) {
    throw new TypeError(`headers must be what the platform's Headers takes: ${cause.message}`, { cause });
  }
}

function checked(validation, locale, name) {
  if (validation.issues) throw invalid(validation.issues, locale, name);
  return validation.value;
}

/** One call, whatever happens: a value, or a CtsError. */
async function perform(settings, name, body, call) {
  const { locale, tell } = settings;
  const began = Date.now();
  try {
    const { value, attempts } = await send(settings, name, body, call ?? {});
    tell({ type: 'success', operation: name, attempts, ms: Date.now() - began });
    return value;
  } catch (cause) {
    // What is not ours is misuse of the options, or a body that cannot be written as JSON.
    const error = isCtsError(cause) ? cause : new CtsError('validation', String(cause?.message ?? cause), { cause });
    const { kind, status, requestId, attempts } = error;
    tell({ type: 'failure', operation: name, attempts, ms: Date.now() - began, kind, status, requestId });
    throw error;
  }
}

async function send(settings, name, body, call) {
  const { create, validate, id: idName, validateId } = OPERATIONS[name];
  const { base, locale, unknown, tell } = settings;
  const signal = signalOption(call.signal);
  if (signal?.aborted) throw failure('aborted', locale, { cause: signal.reason });
  const timeoutMs = durationOption(call.timeoutMs, 'timeoutMs', settings.timeoutMs);
  const extra = headersFrom(call.headers);
  const id = checked(validateId(call[idName] ?? settings[idName], { locale }), locale, idName);
  const value =
    booleanOption(call.validate, 'validate') === false ? body : checked(validate(body, { locale }), locale, name);
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('the body cannot be written as JSON');
  const key = create ? `${id}/${value?.tracker_name}` : '';

  let attempts = 0;
  const host = createHost({
    // Looked up at every call, so that a test can put its own in the place of the global one.
    fetch: settings.fetch ?? ((request) => globalThis.fetch(request)),
    headers: () => headersOf(settings.headers, extra),
    signal,
    timeoutMs,
    tryTimeoutMs: settings.tryTimeoutMs,
    onTry: () => tell({ type: 'attempt', operation: name, attempt: attempts }),
    onWait: (ms) => tell({ type: 'retry', operation: name, attempt: attempts + 1, delayMs: Math.round(ms) }),
  });
  const began = Date.now();
  let [sent, wait] = [0, undefined];
  try {
    for (;;) {
      let said = await host.ready(wait);
      let left = false;
      if (said[0] === READY) {
        const [, headers, within] = said;
        const request = callWasm(() => make_request(create, base, id, text, headers, within));
        if (request) {
          left = true;
          attempts += 1;
          said = await host.exchange(request);
        }
      }
      const [happened, answer, end, received = '', code = '', syscall = ''] = said;
      const told = callWasm(() =>
        next_step(
          create,
          settings.maxRetries,
          unknown.has(key),
          timeoutMs,
          began,
          Date.now(),
          Math.random(),
          attempts,
          sent,
          left,
          happened,
          answer,
          end,
          received,
          code,
          syscall,
        ),
      );
      [sent, wait] = told;
      if (wait !== undefined) continue;
      const error = failed(told, attempts, told[2] === 'aborted' ? signal.reason : host.cause, locale);
      if (create) remember(unknown, key, error);
      if (error) throw error;
      return { value: parse(received, locale, attempts), attempts };
    }
  } catch (cause) {
    // A fault of ours: it does not know that bytes may have left.
    if (attempts > 0 && cause?.kind === 'internal' && cause.attempts === 0)
      Object.assign(cause, { sent: 'unknown', attempts });
    throw cause;
  } finally {
    host.close();
  }
}

async function headersOf(given, extra) {
  const headers = new Headers(typeof given === 'function' ? await given() : given);
  extra.forEach((value, name) => headers.set(name, value));
  headers.set('accept', 'application/json, application/problem+json');
  headers.set('content-type', 'application/json');
  // The proxy demands it: a page of another origin cannot send it unasked.
  headers.set('x-requested-with', 'cts-tracker');
  return headers;
}

const SENT = ['no', 'yes', 'unknown'];

/** The error of what `next_step` of src/wasm/client.rs told; undefined if it was a success. */
function failed(told, attempts, cause, locale) {
  const [sent, , kind, errorCode, errorMsg, requestId, received, status, retryAfterMs, mayAlreadyExist] = told;
  if (kind === undefined) return undefined;
  if (kind === 'auth' && attempts === 0 && isCtsError(cause)) return cause;
  return failure(kind, locale, {
    sent: SENT[sent],
    errorCode: errorCode || undefined,
    errorMsg: errorMsg || undefined,
    requestId: requestId || undefined,
    received: status > 0 && kind === 'bad_response' ? received : undefined,
    status: status || undefined,
    attempts,
    retryAfterMs,
    mayAlreadyExist: mayAlreadyExist || undefined,
    cause,
  });
}

/** Keeps in mind which trackers may be there, so that a later conflict can say whose it may be. */
function remember(unknown, key, error) {
  if (error?.mayAlreadyExist) {
    unknown.delete(key);
    unknown.add(key);
    if (unknown.size > REMEMBERED) unknown.delete(unknown.values().next().value);
  } else if (!error) unknown.delete(key);
}

function parse(text, locale, attempts) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw failure('bad_response', locale, { sent: 'yes', attempts, received: text.slice(0, 1000), cause });
  }
  // Older answers give one event bare.
  const bucket = value.data_bucket;
  if (typeof bucket?.data_event === 'string') bucket.data_event = [bucket.data_event];
  return value;
}
