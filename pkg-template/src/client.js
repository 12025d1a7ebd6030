// The client: options in, calls out. What is sent and when it is sent again is decided in the wasm.
import { call_service } from '#glue';
import { checkInBatches } from './check-buckets.js';
import { callAsync } from './engine.js';
import { CtsError, isCtsError } from './error.js';
import { compileLocale } from './messages.js';
import { checkSignal, count, duration, failure, invalid } from './misuse.js';
import { createHost } from './transport.js';
import { validateCheckObsBuckets, validateCreateTracker, validateDomainId, validateProjectId } from './validate.js';

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
  const { fetch, locale, onEvent, retry } = options;
  compileLocale(locale);
  if (fetch !== undefined && typeof fetch !== 'function') throw new TypeError('fetch must be a function');
  if (onEvent !== undefined && typeof onEvent !== 'function') throw new TypeError('onEvent must be a function');
  const settings = {
    ...options,
    base: baseOf(options.baseUrl),
    headers: typeof options.headers === 'function' ? options.headers : new Headers(options.headers),
    timeoutMs: duration(options.timeoutMs, 'timeoutMs', TIMEOUT),
    tryTimeoutMs: duration(retry?.tryTimeoutMs, 'retry.tryTimeoutMs', Infinity),
    maxRetries: count(retry?.maxRetries, 'retry.maxRetries', RETRIES, 0, 10),
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
  const signal = checkSignal(call.signal);
  if (signal?.aborted) throw failure('aborted', locale);
  const timeoutMs = duration(call.timeoutMs, 'timeoutMs', settings.timeoutMs);
  const extra = new Headers(call.headers);
  const id = checked(validateId(call[idName] ?? settings[idName], { locale }), locale, idName);
  const value = call.validate === false ? body : checked(validate(body, { locale }), locale, name);
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('the body cannot be written as JSON');
  const key = create ? `${id}/${value?.tracker_name}` : '';

  let attempt = 0;
  const host = createHost({
    // Looked up at every call, so that a test can put its own in the place of the global one.
    fetch: settings.fetch ?? ((request) => globalThis.fetch(request)),
    headers: () => headersOf(settings.headers, extra),
    signal,
    timeoutMs,
    tryTimeoutMs: settings.tryTimeoutMs,
    onTry: () => tell({ type: 'attempt', operation: name, attempt: attempt += 1 }),
    onWait: (tries, delayMs) => tell({ type: 'retry', operation: name, attempt: tries + 1, delayMs }),
  });
  let told;
  try {
    told = await callAsync(() => call_service(create, base, id, text, timeoutMs, settings.maxRetries, unknown.has(key), host));
  } finally {
    host.close();
  }
  const error = told.length > 1 ? failed(told, host.cause, locale) : undefined;
  if (create) remember(unknown, key, error);
  if (error) throw error;
  return { value: parse(told[0], locale, attempt), attempts: attempt };
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

/** The error of what `tell` of src/wasm/client.rs wrote. */
function failed(told, cause, locale) {
  const [kind, sent, errorCode, errorMsg, requestId, received, status, attempts, retryAfterMs, mayAlreadyExist] = told;
  if (kind === 'auth' && attempts === 0 && isCtsError(cause)) return cause;
  return failure(kind, locale, {
    sent,
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
