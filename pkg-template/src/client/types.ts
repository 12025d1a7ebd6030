// The public types of the client.
import type { Operation } from '../generated/names.js';
import type { Locale } from '../messages/locale.js';
import type { Fetch, HeadersInput, Instance, Word } from '../platform.js';
import type { Issue, ServiceCode } from '../validation/issue.js';
import type {
  Bucket,
  CheckBucketInput,
  CheckBucketRequest,
  CheckObsBucketsInput,
  CheckObsBucketsResponse,
  CreateTrackerInput,
  CreateTrackerRequestBody,
  CreateTrackerResponse,
  Tracker,
} from '../validation/wire.js';
import type { CtsError, CtsErrorKind } from './error.js';

export interface RetryOptions {
  /** How often a request is tried again, 0 to 10; 2 by default. A createTracker that may have been sent is never repeated. */
  readonly maxRetries?: number | undefined;
  /** The time for one try, in milliseconds; by default that of the whole call. */
  readonly tryTimeoutMs?: number | undefined;
}

export interface ClientOptions {
  /** The URL of the signing proxy. It may have a path. */
  readonly baseUrl: string | Instance<'URL'>;
  /** The project of createTracker and listTrackers, as `validateProjectId` accepts it. Required here or in each call. */
  readonly projectId?: string | undefined;
  /** The account ID for checkObsBuckets, as `validateDomainId` accepts it. Required here or in each call. */
  readonly domainId?: string | undefined;
  /** Replaces the platform's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Headers of every request. A function is called before each try. */
  readonly headers?: HeadersInput | (() => HeadersInput | Promise<HeadersInput>) | undefined;
  /** The time for a call with all its tries, in milliseconds; 30000 by default. */
  readonly timeoutMs?: number | undefined;
  /** When and how often a request is sent again. */
  readonly retry?: RetryOptions | null | undefined;
  /** The language of messages; English by default. */
  readonly locale?: Locale | undefined;
  /** Receives what the client does, for logs. */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
}

export type ClientOperation = Operation;

/** What a client reports while it works. It contains no body and no header. */
export type ClientEvent =
  | { readonly type: 'attempt'; readonly operation: ClientOperation; readonly attempt: number }
  | { readonly type: 'retry'; readonly operation: ClientOperation; readonly attempt: number; readonly delayMs: number }
  | { readonly type: 'success'; readonly operation: ClientOperation; readonly attempts: number; readonly ms: number }
  | {
      readonly type: 'failure';
      readonly operation: ClientOperation;
      readonly attempts: number;
      readonly ms: number;
      readonly kind: CtsErrorKind;
      readonly status?: number | undefined;
      readonly requestId?: string | undefined;
    };

export interface CallOptions {
  /** Aborts the call, which then rejects with kind `aborted`. */
  readonly signal?: Instance<'AbortSignal'> | undefined;
  /** The time for the call with all its tries, in milliseconds; by default that of the client. */
  readonly timeoutMs?: number | undefined;
  /** Merged over the client's headers. */
  readonly headers?: HeadersInput | undefined;
  /** Whether the body is validated before it is sent; true by default. */
  readonly validate?: boolean | undefined;
}

export interface CreateTrackerCallOptions extends CallOptions {
  /** Replaces the client's. */
  readonly projectId?: string | undefined;
}

export interface ListTrackersCallOptions extends Omit<CallOptions, 'validate'> {
  /** Replaces the client's. */
  readonly projectId?: string | undefined;
  /** Only trackers of this type. */
  readonly trackerType?: 'system' | 'data' | undefined;
  /** Only the tracker of this name. */
  readonly trackerName?: string | undefined;
}

export interface CheckObsBucketsCallOptions extends CallOptions {
  /** Replaces the client's. */
  readonly domainId?: string | undefined;
}

export interface CheckBucketsOptions extends CheckObsBucketsCallOptions {
  /** Aborts all batches. The call rejects with kind `aborted`; the results so far are in its `checked`. */
  readonly signal?: Instance<'AbortSignal'> | undefined;
  /** The time for each batch with all its tries, in milliseconds; by default that of the client. */
  readonly timeoutMs?: number | undefined;
  /** How many requests run at once, 1 to 64; 4 by default. */
  readonly concurrency?: number | undefined;
  /** How many buckets one request has, 1 to 200; 20 by default. */
  readonly batchSize?: number | undefined;
  /** How often batches that failed for a temporary reason are repeated after the others, 0 to 10; 1 by default. */
  readonly retryFailed?: number | undefined;
  /** Called after each batch. */
  readonly onProgress?: ((progress: CheckProgress) => void) | null | undefined;
}

/** The progress of `checkBuckets`, in buckets. */
export interface CheckProgress {
  /** Buckets with a result or an error. */
  readonly done: number;
  /** Unknown until an iterator has ended. */
  readonly total: number | undefined;
  /** Buckets with an error, out of `done`. A bucket that fails the check has a result, so it is not counted. */
  readonly failed: number;
}

/** A bucket of `checkBuckets`: the service's result, or the reason why it has none. */
export type CheckedBucket =
  | {
      readonly request: CheckBucketRequest;
      /** The service's result. If the bucket failed the check, `check_bucket_response.success` is false. */
      readonly result: Bucket;
      readonly error?: undefined;
    }
  | {
      readonly request: CheckBucketRequest;
      /** Why the service could not check the bucket. The bucket itself may be good. */
      readonly error: CtsError;
      readonly result?: undefined;
    };

export interface CtsClient {
  /**
   * Validates the body, then creates the tracker. Tries again only if no tracker can be created twice. Rejects with a
   * `CtsError`. If its `mayAlreadyExist` is true, check with `resolveCreation` whether the tracker exists before you call
   * again.
   */
  createTracker(body: CreateTrackerInput, options?: CreateTrackerCallOptions): Promise<CreateTrackerResponse>;
  /**
   * Checks in one request whether traces can be transferred to the buckets. Tries again after a temporary failure. A
   * bucket that fails the check is part of the answer: its `check_bucket_response.success` is false. Rejects with a
   * `CtsError`. For more than a few buckets, use `checkBuckets`.
   */
  checkObsBuckets(body: CheckObsBucketsInput, options?: CheckObsBucketsCallOptions): Promise<CheckObsBucketsResponse>;
  /**
   * Checks any number of buckets in batches. The results are in the order of the buckets. If a batch fails, its buckets
   * have an `error`; the others keep their `result`.
   */
  checkBuckets(buckets: Iterable<CheckBucketInput>, options?: CheckBucketsOptions): Promise<CheckedBucket[]>;
  /**
   * Lists the trackers of a project. The proxy must allow it (`allowLookup`). The list may contain trackers of other
   * projects. Tries again after a temporary failure. Rejects with a `CtsError`.
   */
  listTrackers(options?: ListTrackersCallOptions): Promise<Tracker[]>;
}

/** A createTracker that was sent. */
export interface Creation {
  readonly projectId: string;
  readonly body: CreateTrackerRequestBody;
  /** When it was sent, in milliseconds since 1970, by the client's clock. */
  readonly sentAt: number;
}

export interface ResolveCreationOptions {
  /** Aborts the lookups; `resolveCreation` then rejects with kind `aborted`. */
  readonly signal?: Instance<'AbortSignal'> | undefined;
  /** How long to look for the tracker, in milliseconds; 30000 by default. */
  readonly timeoutMs?: number | undefined;
}

/** A field in which the tracker differs from what was sent. */
export interface CreationDifference {
  /** The field of the request. */
  readonly path: readonly string[];
  readonly sent: unknown;
  readonly found: unknown;
}

/** What became of a createTracker whose outcome was unknown. */
export type CreationResolution =
  /** It created this tracker. */
  | { readonly resolution: 'created'; readonly tracker: Tracker }
  /** The tracker is older than the request, which created nothing. */
  | { readonly resolution: 'existed_before'; readonly tracker: Tracker }
  /** A tracker of this name was created since, with other content. */
  | {
      readonly resolution: 'differs';
      readonly tracker: Tracker;
      readonly differences: readonly CreationDifference[];
    }
  /** There is no such tracker. It may still appear. */
  | { readonly resolution: 'not_seen' }
  /** The lookup was refused or failed. */
  | { readonly resolution: 'unknown'; readonly cause: CtsError };

export interface PreflightReport {
  /** Whether no reason is known why creating the tracker would fail. */
  readonly ok: boolean;
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
  /** The service's result for the bucket of `obs_info`. */
  readonly bucket?: Bucket;
  /** Why creating the tracker would fail: codes of the service, or kinds of `CtsError`. */
  readonly findings: readonly { readonly code: Word<ServiceCode | CtsErrorKind>; readonly message: string }[];
}

export interface PreflightOptions extends CheckObsBucketsCallOptions {
  /** The region of the bucket of `obs_info`. Required if the body has one. */
  readonly bucketLocation?: string | undefined;
  /** The language of the messages; `en` by default. */
  readonly locale?: Locale | undefined;
}
