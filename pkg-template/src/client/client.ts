// The client: checks its options, then makes calls. The decisions about retries are in Rust (src/client).
import { validateDomainId, validateProjectId } from '../generated/validators.js';
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
import { validateCheckObsBuckets, validateCreateTracker } from '../validation/validate.js';
import type { CheckObsBucketsResponse, CreateTrackerRequestBody, CreateTrackerResponse } from '../validation/wire.js';
import { ready } from '../wasm/browser.js';
import { messageOf } from '../wasm/instance.js';
import { reasonOf } from './abort.js';
import { baseUrlOption } from './base-url.js';
import { type CallResult, runCall } from './call.js';
import { checkInBatches } from './check-buckets.js';
import { withLocale } from './client-locale.js';
import { isCtsError } from './error.js';
import { asCtsError, failure, invalid } from './failure.js';
import { listEvents, readTrackers, type TrackerBucket, trackersQuery } from './list-trackers.js';
import type {
  CheckObsBucketsCallOptions,
  ClientEvent,
  ClientOperation,
  ClientOptions,
  CreateTrackerCallOptions,
  CtsClient,
  ListTrackersCallOptions,
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
  /** The trackers that may have been created, and when their requests were sent. The oldest are first. */
  unknownOutcomes: Map<string, number>;
}

type CallOptions = CreateTrackerCallOptions & CheckObsBucketsCallOptions;
type Bodied = Exclude<ClientOperation, 'listTrackers'>;

const VALIDATE_BODY = { createTracker: validateCreateTracker, checkObsBuckets: validateCheckObsBuckets } as const;

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
    unknownOutcomes: new Map(),
  };
  const client: CtsClient = {
    createTracker: (body, call) => reportCall(settings, 'createTracker', () => createTracker(settings, body, call)),
    checkObsBuckets: (body, call) =>
      reportCall(settings, 'checkObsBuckets', () => checkObsBuckets(settings, body, call)),
    checkBuckets: (buckets, call) => checkInBatches(client, settings.locale, buckets, call),
    listTrackers: (call) => reportCall(settings, 'listTrackers', () => listTrackers(settings, call)),
  };
  return Object.freeze(withLocale(client, locale));
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
    const error = asCtsError(cause);
    const { kind, status, requestId, attempts } = error;
    emit({ type: 'failure', operation, attempts, ms: Date.now() - startedAt, kind, status, requestId });
    throw error;
  }
}

/** Remembers an unknown outcome, so that a later conflict can say that the tracker may be the one of this call. */
async function createTracker(settings: Settings, given: unknown, options: CallOptions | undefined) {
  const { unknownOutcomes } = settings;
  const prepared = prepare(settings, 'createTracker', given, options);
  const { id, value, body } = prepared;
  const key = `${id}/${(value as Partial<CreateTrackerRequestBody> | null)?.tracker_name}`;
  let sentAt = 0;
  try {
    const answer = await send(settings, prepared, {
      afterUnknown: () => unknownOutcomes.has(key),
      onSend() {
        sentAt = Date.now();
      },
    });
    const result = parseBody<CreateTrackerResponse>(settings, answer);
    unknownOutcomes.delete(key);
    return result;
  } catch (error) {
    if (isCtsError(error) && error.mayAlreadyExist) {
      // With a conflict, the tracker may be that of the earlier call.
      const since = unknownOutcomes.get(key) ?? sentAt;
      unknownOutcomes.delete(key);
      unknownOutcomes.set(key, since);
      const [oldest = ''] = unknownOutcomes.keys();
      if (unknownOutcomes.size > MAX_UNKNOWN) unknownOutcomes.delete(oldest);
      Object.assign(error, { creation: { projectId: id, body: JSON.parse(body), sentAt: since } });
    }
    throw error;
  }
}

async function checkObsBuckets(settings: Settings, given: unknown, options: CallOptions | undefined) {
  const answer = await send(settings, prepare(settings, 'checkObsBuckets', given, options));
  return parseBody<CheckObsBucketsResponse>(settings, answer);
}

async function listTrackers(settings: Settings, options: ListTrackersCallOptions | undefined) {
  const call = objectOption(options);
  const query = trackersQuery(call.trackerType, call.trackerName);
  let sentAt = 0;
  const prepared = { ...prepareCall(settings, 'listTrackers', call), query, body: '' };
  const answer = await send(settings, prepared, {
    onSend() {
      sentAt = Date.now();
    },
  });
  const { body, date, attempts } = answer;
  // A 404 without a body is an empty list.
  const { value } = parseBody<unknown>(settings, { ...answer, body: body || '{}' });
  return { value: readTrackers(value, date, sentAt), attempts };
}

/** The checked options of a call. */
interface PreparedCall {
  operation: ClientOperation;
  baseUrl: string;
  id: string;
  headers: Headers;
  signal: AbortSignal | undefined;
  timeoutMs: number;
}

interface Prepared extends PreparedCall {
  query: string;
  body: string;
}

function prepareCall(settings: Settings, operation: ClientOperation, call: CallOptions): PreparedCall {
  const { locale } = settings;
  const signal = signalOption<AbortSignal>(call.signal);
  if (signal?.aborted) throw failure('aborted', locale, { cause: reasonOf(signal) });
  if (!settings.fetch) requireGlobal('fetch', ', and there is no option fetch');
  requireGlobal('AbortController');
  const timeoutMs = durationOption(call.timeoutMs, 'timeoutMs', settings.timeoutMs);
  const headers = headersFrom(call.headers);
  const baseUrl = settings.baseUrl();
  const [idName, validateId] =
    operation === 'checkObsBuckets'
      ? (['domainId', validateDomainId] as const)
      : (['projectId', validateProjectId] as const);
  const id = validated(validateId(call[idName] ?? settings[idName], { locale }), locale, idName);
  return { operation, baseUrl, id, headers, signal, timeoutMs };
}

function prepare(
  settings: Settings,
  operation: Bodied,
  given: unknown,
  options: CallOptions | null | undefined,
): Prepared & { value: unknown } {
  const { locale } = settings;
  const call = objectOption(options);
  const prepared = prepareCall(settings, operation, call);
  const validates = booleanOption(call.validate, 'validate') ?? true;
  const validateBody = VALIDATE_BODY[operation];
  const value = validates ? validated<unknown>(validateBody(given, { locale }), locale, operation) : given;
  const body = JSON.stringify(value) as string | undefined;
  if (body === undefined) throw new TypeError('the body cannot be written as JSON');
  return { ...prepared, query: '', value, body };
}

function validated<T>(validation: Validation<T>, locale: Settings['locale'], name: string): T {
  if (validation.issues) throw invalid(validation.issues, locale, name);
  return validation.value;
}

/** What operations need of a call. */
interface SendHooks {
  afterUnknown?(): boolean;
  /** The request is about to be sent. */
  onSend?(): void;
}

function send(
  settings: Settings,
  { operation, baseUrl, id, query, body, headers, signal, timeoutMs }: Prepared,
  { afterUnknown = () => false, onSend = () => {} }: SendHooks = {},
): Promise<CallResult> {
  const { emit, locale, maxRetries, tryTimeoutMs } = settings;
  return runCall({
    operation,
    baseUrl,
    id,
    query,
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
    onTry(attempt) {
      onSend();
      emit({ type: 'attempt', operation, attempt });
    },
    onRetry: (attempt, ms) => emit({ type: 'retry', operation, attempt, delayMs: Math.round(ms) }),
  });
}

async function mergeHeaders(own: Settings['headers'], extra: Headers): Promise<Headers> {
  const headers = new Headers(typeof own === 'function' ? await own() : own);
  extra.forEach((value, name) => headers.set(name, value));
  return headers;
}

function parseBody<T>({ locale }: Settings, { body, attempts }: CallResult): { value: T; attempts: number } {
  let value: T & TrackerBucket;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw failure('bad_response', locale, { sent: 'yes', attempts, received: body.slice(0, 1000), cause });
  }
  listEvents(value);
  return { value, attempts };
}
