/** A bucket of OBS. */
export interface EmulatorBucket {
  name: string;
  /** A region id. CheckObsBuckets finds a bucket only where it is. */
  location: string;
  /** CTS made it, or has been given rights on it: answers then say `is_authorized_bucket`. Default false. */
  managed?: boolean | undefined;
}

export interface EmulatorCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of temporary keys: requests must bring it, signed. */
  securityToken?: string | undefined;
}

/** A status from 200 to 599, a code of the service or the gateway, or what happens to the connection. */
export type EmulatorFaultKind =
  | 'latency' | 'reset' | 'truncate' | 'hang'
  | number | `${number}` | `CTS.${string}` | `APIGW.${string}`;

export interface EmulatorFault {
  kind: EmulatorFaultKind;
  /**
   * `before`: the request is not carried out. `after`: it is, and its answer is lost. `during`: it is, and half of
   * its answer goes out (`reset`, `hang` and `truncate` only). Default `before`; `during` for `truncate`.
   */
  when?: 'before' | 'during' | 'after' | undefined;
  /** The answer, or what becomes of it, comes so much later. `latency` must have it. */
  ms?: number | undefined;
  /** Default 1 for 429, none for others. Sent as it is, also when it is no such value. */
  retryAfter?: string | number | undefined;
  /** Of a status or a code: sent besides the usual ones, and in their stead. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Of a status or a code: in the stead of what usually comes with it. */
  body?: string | undefined;
  /** Only requests of this operation. */
  operation?: 'createTracker' | 'checkObsBuckets' | undefined;
  /** Strikes at this request, counted from 1 among those of `operation`, or of all. Without it: the next one. */
  nth?: number | undefined;
  /** How many requests in a row. Default 1; `Infinity` for all. */
  times?: number | undefined;
}

export interface EmulatorOptions {
  /** Default: `test-data-tracker`, `save-trace-bucket`, `cstest0423` and `bucket1` in `cn-north-1`. */
  buckets?: readonly EmulatorBucket[] | undefined;
  /** Ids of KMS keys that exist. Default: those of the documents' examples. */
  keys?: readonly string[] | undefined;
  /** Default, also when empty: {@link sampleCredentials}. */
  credentials?: readonly EmulatorCredentials[] | undefined;
  /** The emulator's clock. Default `Date.now`. */
  now?: (() => number | Date) | undefined;
  /** Fills the bytes that ids are made of. Default `crypto.getRandomValues`. */
  random?: ((bytes: Uint8Array) => Uint8Array) | undefined;
  /** Every answer comes so much later. Default 0. */
  latencyMs?: number | undefined;
  /**
   * What goes wrong. The first that strikes is the one; those without `nth` are a queue. In short: `'503'`,
   * `'429; retry-after=5'`, `'CTS.0056'`, `'latency; ms=250'`, `'reset; when=after; operation=createTracker'`.
   * One request can ask for its own with the header `x-emulator-fault`, in the same short form.
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
  /** When it came, in milliseconds since 1970. */
  at: number;
  method: string;
  path: string;
  /** null if the route is unknown. */
  operation: 'createTracker' | 'checkObsBuckets' | null;
  requestId: string;
  /** null if nothing was to go out. */
  status: number | null;
  errorCode: string | null;
  /** Whether it created a tracker, also when its answer was lost. */
  created: boolean;
  /** The kind of the fault that struck it. */
  fault: string | null;
}

export interface EmulatorState {
  trackers: EmulatorTracker[];
  /** The newest 1,000, oldest first. */
  requests: EmulatorRequest[];
  /** All since the start, or since `reset()`. */
  requestCount: number;
  /**
   * How often it lost its state to a fault inside the wasm, since the start or `reset()`: the call that met the fault
   * is refused with an `internal` error, and the emulator starts again from its options, `faults` included. A test that
   * counts trackers may rely on them while this is 0.
   */
  restarts: number;
}

export interface CtsEmulator {
  /** Stands in for the platform's `fetch`; needs no network. A fault of the connection rejects as `fetch` does. */
  readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
  state(): EmulatorState;
  /** Back to the state it started with, faults included. */
  reset(): void;
}

/** The two endpoints of CTS without an account: signatures checked, the service's own answers, faults on request. */
export function createEmulator(options?: EmulatorOptions): CtsEmulator;

/**
 * For a server of Node, faults of the connection included: `createServer({ maxHeaderSize: 262144 },
 * toNodeListener(emulator))`.
 */
export function toNodeListener(emulator: CtsEmulator): (request: NodeRequest, response: NodeResponse) => void;

/** What is asked of Node's IncomingMessage and ServerResponse; both fit. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  rawHeaders: readonly string[];
  socket: { destroyed: boolean; destroy(): unknown };
  on(event: 'data', listener: (part: Uint8Array) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
}
export interface NodeResponse {
  writeHead(status: number, headers?: any): NodeResponse;
  write(part: Uint8Array, callback: () => void): unknown;
  end(data?: any): unknown;
}

/** A pair of keys for the emulator alone: fixed, public, taken by no other service. */
export const sampleCredentials: Readonly<{ accessKeyId: string; secretAccessKey: string }>;
