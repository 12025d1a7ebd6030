// The options of `createEmulator`, and the state that an emulator shows.
import type { Operation } from '../generated/names.js';

/** A bucket of OBS. */
export interface EmulatorBucket {
  name: string;
  /** A region id. CheckObsBuckets finds a bucket only in its own region. */
  location: string;
  /** Whether CTS created the bucket or has rights on it: answers then contain `is_authorized_bucket`. Default false. */
  managed?: boolean | undefined;
}

export interface EmulatorCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** For temporary keys: requests must carry and sign this token. */
  securityToken?: string | undefined;
}

/** A status from 200 to 599, an error code of the service or the gateway, or a fault of the connection. */
export type EmulatorFaultKind =
  | 'latency'
  | 'reset'
  | 'truncate'
  | 'hang'
  | number
  | `${number}`
  | `CTS.${string}`
  | `APIGW.${string}`;

export interface EmulatorFault {
  kind: EmulatorFaultKind;
  /**
   * `before`: the request is not executed. `after`: it is executed, and its answer is lost. `during`: it is executed,
   * and half of its answer is sent (`reset`, `hang` and `truncate` only). Default `before`; `during` for `truncate`.
   */
  when?: 'before' | 'during' | 'after' | undefined;
  /** A delay in milliseconds before the answer or the fault. `latency` requires it. */
  ms?: number | undefined;
  /** Default 1 for 429, none for others. It is sent unchanged, even if it is not a valid value. */
  retryAfter?: string | number | undefined;
  /** For a status or a code: merged over the usual headers. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** For a status or a code: replaces the usual body. */
  body?: string | undefined;
  /** Applies only to requests of this operation. */
  operation?: Operation | undefined;
  /** Applies to this request, counted from 1 among those of `operation`, or among all. Default: the next one. */
  nth?: number | undefined;
  /** How many requests in a row. Default 1; `Infinity` for all. */
  times?: number | undefined;
}

export interface EmulatorOptions {
  /** Default: `test-data-tracker`, `save-trace-bucket`, `cstest0423` and `bucket1` in `cn-north-1`. */
  buckets?: readonly EmulatorBucket[] | undefined;
  /** Ids of existing KMS keys. Default: those in the examples of the API pages. */
  keys?: readonly string[] | undefined;
  /** Default, also for an empty list: `sampleCredentials`. */
  credentials?: readonly EmulatorCredentials[] | undefined;
  /** The emulator's clock. Default `Date.now`. */
  now?: (() => number | Date) | undefined;
  /** Fills the bytes from which ids are made. Default `crypto.getRandomValues`. */
  random?: ((bytes: Uint8Array) => Uint8Array) | undefined;
  /** A delay before every answer. Default 0. */
  latencyMs?: number | undefined;
  /** How long a new tracker is missing in the lists of trackers. Default 0. */
  visibilityDelayMs?: number | undefined;
  /**
   * Faults, as objects or in a short form: `'503'`, `'429; retry-after=5'`, `'CTS.0056'`, `'latency; ms=250'`,
   * `'reset; when=after; operation=createTracker'`. The first one that applies to a request is used; faults without
   * `nth` form a queue. A request can ask for a fault of its own in the header `x-emulator-fault`, in the short form.
   */
  faults?: readonly (EmulatorFault | string | number)[] | undefined;
}

/** A tracker as its 201 showed it. */
export interface EmulatorTracker {
  id: string;
  create_time: number;
  tracker_type: 'system' | 'data';
  tracker_name: string;
  project_id: string;
  [field: string]: unknown;
}

export interface EmulatorRequest {
  /** When it was received, in milliseconds since 1970. */
  at: number;
  method: string;
  path: string;
  /** null if the route is unknown. */
  operation: Operation | null;
  requestId: string;
  /** null if no answer was sent. */
  status: number | null;
  errorCode: string | null;
  /** Whether it created a tracker, also if its answer was lost. */
  created: boolean;
  /** The kind of the fault that was applied. */
  fault: string | null;
}

export interface EmulatorState {
  trackers: EmulatorTracker[];
  /** The newest 1,000, oldest first. */
  requests: EmulatorRequest[];
  /** All requests since the start, or since `reset()`. */
  requestCount: number;
  /**
   * How often the emulator lost its state to a crash inside the wasm, since the start or since `reset()`. The call that
   * crashed rejects with an `internal` error, and the emulator starts again from its options, including `faults`. A
   * test can rely on its count of trackers while this is 0.
   */
  restarts: number;
}
