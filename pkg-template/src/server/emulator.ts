// The emulator of the endpoints. Its state and its answers are decided in src/emulator; this file sends them.
import { type Delivery, Emulator } from '#glue-server';
import { ownProperties } from '../options.js';
import type { Instance } from '../platform.js';
import { HANDLE, type Handle, MAX_READ_BYTES } from './emulator-handle.js';
import type { EmulatorFault, EmulatorOptions, EmulatorState } from './emulator-options.js';
import { resident } from './exports.js';
import { pairsOf, sectionOf } from './header-section.js';
import {
  type Check,
  checkOptions,
  invalidOption,
  isCount,
  isFunction,
  isListOf,
  isObject,
  isString,
} from './options.js';
import { untilAborted } from './timeout.js';

/** Keys for the emulator only. They are fixed and public, and no other service accepts them. */
export const sampleCredentials: Readonly<{ accessKeyId: string; secretAccessKey: string }> =
  /* @__PURE__ */ Object.freeze({
    accessKeyId: 'SAMPLE0ONLY0EMULATOR',
    secretAccessKey: 'not-a-secret/cts-tracker-emulator-sample',
  });

export interface CtsEmulator {
  /** Replaces the platform's `fetch` and needs no network. A fault of the connection rejects as `fetch` does. */
  readonly fetch: (
    input: Instance<'Request'> | URL | string,
    // biome-ignore lint/suspicious/noExplicitAny: RequestInit is not a type of every platform
    init?: any,
  ) => Promise<Instance<'Response'>>;
  state(): EmulatorState;
  /** Returns to the initial state, including the faults. */
  reset(): void;
}

const CODE = 'invalid_argument';

// `Headers` and `Map` have no fields of their own.
const isPlain = (value: unknown): boolean => Object.prototype.toString.call(value) === '[object Object]';

const FAULT: Record<string, Check> = {
  kind: [(value) => isString(value) || isCount(0)(value), 'a string or a status'],
  when: [isString, 'a string'],
  ms: [isCount(0), 'a whole number of milliseconds'],
  retryAfter: [(value) => isString(value) || Number.isSafeInteger(value), 'a string or a whole number'],
  headers: [(value) => isPlain(value) && Object.values(value as object).every(isString), 'an object of strings'],
  body: [isString, 'a string'],
  operation: [isString, 'a string'],
  nth: [isCount(1), 'a whole number from 1'],
  times: [(value) => value === Infinity || isCount(1)(value), 'a whole number from 1, or Infinity'],
};

const hasStrings =
  (...names: string[]) =>
  (value: unknown): boolean =>
    isObject(value) && names.every((name) => Object.hasOwn(value, name) && isString(Reflect.get(value, name)));

const OPTIONS: Record<string, Check> = {
  now: [isFunction, 'a function'],
  random: [isFunction, 'a function'],
  buckets: [isListOf(hasStrings('name', 'location')), 'a list of { name, location, managed }'],
  keys: [isListOf(isString), 'a list of strings'],
  credentials: [
    isListOf(hasStrings('accessKeyId', 'secretAccessKey')),
    'a list of { accessKeyId, secretAccessKey, securityToken }',
  ],
  latencyMs: [isCount(0), 'a whole number of milliseconds'],
  visibilityDelayMs: [isCount(0), 'a whole number of milliseconds'],
  faults: [Array.isArray, 'a list of faults'],
};

/** Returns a fault as the wasm reads it. */
function checkFault(fault: EmulatorFault | string | number, index: number): object | string | number {
  const name = `faults[${index}]`;
  if (isString(fault) || isCount(0)(fault)) return fault;
  if (!isObject(fault)) throw invalidOption(CODE, `${name} must be an object, a string or a status`);
  fault = ownProperties(fault);
  checkOptions(CODE, name, fault, FAULT, `${name}.`);
  if (fault.kind === undefined || fault.kind === null)
    throw invalidOption(CODE, `${name}.kind must be ${FAULT.kind?.[1]}`);
  return ownProperties({ ...fault, times: fault.times === Infinity ? 0xffffffff : fault.times });
}

function checked(options: EmulatorOptions): EmulatorOptions {
  const read = ownProperties(options);
  checkOptions(CODE, 'createEmulator', read, OPTIONS);
  return read;
}

/**
 * The endpoints of CTS without an account: it checks signatures, answers as the service does, and produces faults on
 * request. Invalid options throw a `TypeError`.
 */
export function createEmulator(options: EmulatorOptions = {}): CtsEmulator {
  if (!isObject(options)) throw invalidOption(CODE, 'the options of createEmulator must be an object');
  const {
    now = Date.now,
    random = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => crypto.getRandomValues(bytes),
    buckets,
    credentials,
    faults,
    ...rest
  } = checked(options);
  const config = ownProperties({
    ...rest,
    buckets: buckets?.map(ownProperties),
    credentials: credentials?.map(ownProperties),
    faults: faults?.map(checkFault),
  });
  // How often a trap has replaced the instance that held the state.
  let restarts = 0;
  const wasm = resident(
    () => new Emulator(config as never),
    () => {
      restarts += 1;
    },
  );

  const handle: Handle = (method, target, headers, body) => {
    const time = Number(now());
    const entropy = random(new Uint8Array(32));
    return wasm.use((it) => it.handle(method, target, headers, body.subarray(0, MAX_READ_BYTES), time, entropy));
  };

  async function emulatedFetch(
    input: Instance<'Request'> | URL | string,
    init?: RequestInit,
  ): Promise<Instance<'Response'>> {
    const request = init === undefined && isRequest(input) ? input : new Request(input as Request | URL | string, init);
    const { method, url, signal } = request;
    signal?.throwIfAborted();
    const body = new Uint8Array(await request.arrayBuffer());
    const plan = handle(method, url, sectionOf(request.headers), body);
    await untilAborted(signal, plan.delayMs);
    const { kind } = plan.delivery;
    if (kind === 'hang' && plan.delivery.sent === null) await untilAborted(signal, Infinity);
    if (kind === 'reset' && plan.delivery.sent === null) throw connectionReset('fetch failed');
    const { status } = plan;
    return new Response([101, 204, 205, 304].includes(status) ? null : bodyOf(plan.body, plan.delivery, signal), {
      status,
      headers: pairsOf(plan.headers),
    });
  }

  const emulator = {
    fetch: emulatedFetch,
    state: () => ({ ...wasm.use((it) => it.state()), restarts }),
    reset() {
      restarts = 0;
      wasm.use((it) => it.reset());
    },
    [HANDLE]: handle,
  };
  return Object.freeze(emulator);
}

// A `Request` of another realm is not an instance of ours.
const isRequest = (input: unknown): input is Instance<'Request'> =>
  typeof (input as Partial<Request> | undefined)?.arrayBuffer === 'function';

/** The body of a response: complete, or a part of it and then the fault. */
function bodyOf(body: Uint8Array<ArrayBuffer>, delivery: Delivery, signal: AbortSignal | undefined): BodyInit {
  if (delivery.kind === 'whole') return body;
  const sent = body.slice(0, delivery.sent ?? 0);
  if (delivery.kind === 'truncate') return sent;
  let started = false;
  return new ReadableStream(
    {
      pull(controller) {
        if (!started) {
          started = true;
          controller.enqueue(sent);
          return undefined;
        }
        if (delivery.kind === 'reset') throw connectionReset('terminated');
        return untilAborted(signal, Infinity);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The error with which Node's `fetch` reports a reset connection. */
function connectionReset(message: string): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  return new TypeError(message, { cause });
}
