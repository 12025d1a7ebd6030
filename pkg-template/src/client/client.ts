// The client: checks its options, then makes calls. The decisions about retries are in Rust (src/client).
import { localeOption } from '../messages/locale.js';
import {
  booleanOption,
  durationOption,
  functionOption,
  integerOption,
  invalidOption,
  objectOption,
  ownProperties,
  signalOption,
} from '../options.js';
import type { Fetch, HeadersInput } from '../platform.js';
import type { Validation } from '../validation/issue.js';
import {
  validateCheckObsBuckets,
  validateCreateTracker,
  validateDomainId,
  validateProjectId,
} from '../validation/validate.js';
import type { CreateTrackerRequestBody, CreateTrackerResponse } from '../validation/wire.js';
import { ready } from '../wasm/browser.js';
import { messageOf } from '../wasm/instance.js';
import { reasonOf } from './abort.js';
import { baseUrlOption } from './base-url.js';
import { runCall } from './call.js';
import { checkInBatches } from './check-buckets.js';
import { CtsError, isCtsError } from './error.js';
import { failure, invalid } from './failure.js';
import type {
  CheckObsBucketsCallOptions,
  ClientEvent,
  ClientOperation,
  ClientOptions,
  CreateTrackerCallOptions,
  CtsClient,
} from './types.js';

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_RETRIES = 2;
/** How many unknown outcomes a client remembers. */
const MAX_UNKNOWN = 1000;

/** The checked options of a client, and its state. */
interface Settings {
  /** Of a call made now. */
  baseUrl(): string;
  projectId: string | undefined;
  domainId: string | undefined;
  fetch: Fetch | undefined;
  headers: Headers | undefined | (() => HeadersInput | Promise<HeadersInput>);
  timeoutMs: number;
  tryTimeoutMs: number;
  maxRetries: number;
  locale: ClientOptions['locale'];
  emit(event: ClientEvent): void;
  /** The trackers that may have been created, the oldest first. */
  unknownOutcomes: Set<string>;
}

type CallOptions = CreateTrackerCallOptions & CheckObsBucketsCallOptions;

const OPERATIONS = {
  createTracker: { validateBody: validateCreateTracker, idName: 'projectId', validateId: validateProjectId },
  checkObsBuckets: { validateBody: validateCheckObsBuckets, idName: 'domainId', validateId: validateDomainId },
} as const;

/** Creates a client. There is nothing to close. */
export function createCtsClient(options: ClientOptions): CtsClient {
  if (typeof options !== 'object' || options === null) throw invalidOption('options must be an object with a baseUrl');
  options = ownProperties(options);
  const { headers, locale, projectId, domainId } = options;
  const retry = objectOption(options.retry, 'retry');
  const onEvent = functionOption(options.onEvent, 'onEvent');
  localeOption(locale);
  const settings: Settings = {
    baseUrl: baseUrlOption(options.baseUrl),
    projectId,
    domainId,
    fetch: functionOption(options.fetch, 'fetch'),
    // Without headers, the global `Headers` is needed only by a call.
    headers: headers === undefined || typeof headers === 'function' ? headers : headersFrom(headers),
    timeoutMs: durationOption(options.timeoutMs, 'timeoutMs', DEFAULT_TIMEOUT_MS),
    tryTimeoutMs: durationOption(retry.tryTimeoutMs, 'retry.tryTimeoutMs', Infinity),
    maxRetries: integerOption(retry.maxRetries, 'retry.maxRetries', DEFAULT_RETRIES, 0, 10),
    locale,
    emit(event) {
      try {
        onEvent?.(event);
      } catch {
        // A failing listener must not fail the call.
      }
    },
    unknownOutcomes: new Set(),
  };
  const client: CtsClient = {
    createTracker: (body, call) => reportCall(settings, 'createTracker', () => createTracker(settings, body, call)),
    checkObsBuckets: (body, call) =>
      reportCall(settings, 'checkObsBuckets', () => send(settings, prepare(settings, 'checkObsBuckets', body, call))),
    checkBuckets: (buckets, call) => checkInBatches(client, settings.locale, buckets, call),
  };
  return Object.freeze(client);
}

function headersFrom(given: HeadersInput | undefined): Headers {
  requireGlobal('Headers');
  try {
    return new Headers(given);
  } catch (cause) {
    throw Object.assign(invalidOption(`headers must be what the platform's Headers takes: ${messageOf(cause)}`), {
      cause,
    });
  }
}

/** Some simulated pages lack globals that every platform has. */
function requireGlobal(name: 'AbortController' | 'fetch' | 'Headers', otherwise = ''): void {
  if (typeof globalThis[name] !== 'function') throw invalidOption(`this platform has no global ${name}${otherwise}`);
}

/** Reports how a call ends. Whatever it throws becomes a `CtsError`. */
async function reportCall<T>(
  { emit }: Settings,
  operation: ClientOperation,
  call: () => Promise<{ value: T; attempts: number }>,
): Promise<T> {
  const startedAt = Date.now();
  try {
    const starting = ready();
    if (starting) await starting;
    const { value, attempts } = await call();
    emit({ type: 'success', operation, attempts, ms: Date.now() - startedAt });
    return value;
  } catch (cause) {
    // Other errors are invalid options, or a body that JSON cannot represent.
    const error = isCtsError(cause) ? cause : new CtsError('validation', messageOf(cause), { cause });
    const { kind, status, requestId, attempts } = error;
    emit({ type: 'failure', operation, attempts, ms: Date.now() - startedAt, kind, status, requestId });
    throw error;
  }
}

/** Remembers an unknown outcome, so that a later conflict can say that the tracker may be the one of this call. */
async function createTracker(settings: Settings, body: unknown, options: CallOptions | undefined) {
  const { unknownOutcomes } = settings;
  const prepared = prepare(settings, 'createTracker', body, options);
  const key = `${prepared.id}/${(prepared.value as Partial<CreateTrackerRequestBody> | null)?.tracker_name}`;
  try {
    const result = await send<CreateTrackerResponse>(settings, prepared, () => unknownOutcomes.has(key));
    unknownOutcomes.delete(key);
    return result;
  } catch (error) {
    if (isCtsError(error) && error.mayAlreadyExist) {
      unknownOutcomes.delete(key);
      unknownOutcomes.add(key);
      const [oldest = ''] = unknownOutcomes;
      if (unknownOutcomes.size > MAX_UNKNOWN) unknownOutcomes.delete(oldest);
    }
    throw error;
  }
}

/** The checked arguments of a call. */
interface Prepared {
  operation: ClientOperation;
  baseUrl: string;
  id: string;
  value: unknown;
  body: string;
  headers: Headers;
  signal: AbortSignal | undefined;
  timeoutMs: number;
}

function prepare(
  settings: Settings,
  operation: ClientOperation,
  given: unknown,
  options: CallOptions | null | undefined,
): Prepared {
  const { locale } = settings;
  const { idName, validateBody, validateId } = OPERATIONS[operation];
  const call = objectOption(options);
  const signal = signalOption<AbortSignal>(call.signal);
  if (signal?.aborted) throw failure('aborted', locale, { cause: reasonOf(signal) });
  if (!settings.fetch) requireGlobal('fetch', ', and there is no option fetch');
  requireGlobal('AbortController');
  const timeoutMs = durationOption(call.timeoutMs, 'timeoutMs', settings.timeoutMs);
  const headers = headersFrom(call.headers);
  const baseUrl = settings.baseUrl();
  const id = validated(validateId(call[idName] ?? settings[idName], { locale }), locale, idName);
  const validates = booleanOption(call.validate, 'validate') ?? true;
  const value = validates ? validated<unknown>(validateBody(given, { locale }), locale, operation) : given;
  const body = JSON.stringify(value) as string | undefined;
  if (body === undefined) throw new TypeError('the body cannot be written as JSON');
  return { operation, baseUrl, id, value, body, headers, signal, timeoutMs };
}

function validated<T>(validation: Validation<T>, locale: Settings['locale'], name: string): T {
  if (validation.issues) throw invalid(validation.issues, locale, name);
  return validation.value;
}

async function send<T>(
  settings: Settings,
  { operation, baseUrl, id, body, headers, signal, timeoutMs }: Prepared,
  afterUnknown = () => false,
): Promise<{ value: T; attempts: number }> {
  const { emit, locale, maxRetries, tryTimeoutMs } = settings;
  const answer = await runCall({
    operation,
    baseUrl,
    id,
    body,
    timeoutMs,
    tryTimeoutMs,
    maxRetries,
    afterUnknown,
    locale,
    signal,
    // The global is read at each call, so that a test can replace it.
    fetch: settings.fetch ?? ((...request) => globalThis.fetch(...request)),
    headers: () => mergeHeaders(settings.headers, headers),
    onTry: (attempt) => emit({ type: 'attempt', operation, attempt }),
    onRetry: (attempt, ms) => emit({ type: 'retry', operation, attempt, delayMs: Math.round(ms) }),
  });
  return { value: parseBody(answer, locale), attempts: answer.attempts };
}

async function mergeHeaders(own: Settings['headers'], extra: Headers): Promise<Headers> {
  const headers = new Headers(typeof own === 'function' ? await own() : own);
  extra.forEach((value, name) => headers.set(name, value));
  return headers;
}

function parseBody<T>({ body, attempts }: { body: string; attempts: number }, locale: Settings['locale']): T {
  let value: T & Pick<CreateTrackerResponse, 'data_bucket'>;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw failure('bad_response', locale, { sent: 'yes', attempts, received: body.slice(0, 1000), cause });
  }
  // Older versions of the service send one event as a string instead of a list.
  const bucket = value.data_bucket;
  if (typeof bucket?.data_event === 'string') bucket.data_event = [bucket.data_event];
  return value;
}
