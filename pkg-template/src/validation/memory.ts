// The memory that the wasm shares for requests and results: src/wasm/browser/validators.rs.

import { type InitOutput, Status } from '#glue-validators';
import { CtsError } from '../client/error.js';
import { growths } from '../wasm/growth.js';
import { engine } from '../wasm/validators.js';
import { Encoder, isPolluted, type Put } from './encoder.js';
import { type FieldType, type Normalized, normalize } from './normalize.js';
import { addKnown, isKnown, type Ordinary, readOrdinary } from './ordinary.js';

export type Wasm = InitOutput;

/** How a value is encoded. */
export interface Codec<T, Type extends FieldType = FieldType> {
  readonly put: Put<T>;
  readonly type: Type;
  /** The slots inside the value, if it is an object. */
  readonly size: number;
}

/** Calls an export of the wasm with the length of the text, and returns a `Status`. */
type Call = (wasm: Wasm, textLength: number) => Status;

const SLOT_WORDS = 3;
const FIRST_SLOTS = 512;
const FIRST_TEXT = 4096;

const to: Encoder = /* @__PURE__ */ new Encoder();
let wasm: Wasm | undefined;
/** What the live instance has reserved. */
let slotsLength = 0;
let textLength = 0;
let growthsSeen = 0;
/** Increases with each use of the memory. */
let runs = 0;
/** Whether user code may be running: a getter, `toJSON` or a Proxy trap. */
let isReading = false;

/**
 * Encodes a value, calls the wasm once, and returns the status and a plain copy of the value. The wasm is not called for
 * an ordinary value of a profile that it has found valid.
 */
export function callWith<T>(
  input: unknown,
  codec: Codec<T>,
  call: Call,
  ordinary: Ordinary<T>,
  options = 0,
): { status: Status; value: T } {
  const copy = isReading || isPolluted() ? undefined : copyOrdinary(input, ordinary);
  if (copy === undefined) return safely(input, codec, encode, call);
  if (isKnown(ordinary, options)) return { status: Status.Ok, value: copy };
  // The copy, since a getter may return another value the next time.
  const result = safely(copy, codec, encode, call);
  if (result.status === Status.Ok) addKnown(ordinary, options);
  return result;
}

function copyOrdinary<T>(input: unknown, ordinary: Ordinary<T>): T | undefined {
  isReading = true;
  try {
    return readOrdinary(input, ordinary);
  } catch {
    // User code threw.
    return undefined;
  } finally {
    isReading = false;
  }
}

/** The same for a value that is normalized. */
export function callWithNormalized<T>(
  normalized: Normalized,
  codec: Codec<T>,
  call: Call,
): { status: Status; value: T } {
  return safely(normalized, codec, encodeNormalized, call);
}

/** Copies bytes to the text and calls the wasm once. */
export function callWithBytes(bytes: Uint8Array, call: Call): void {
  safely(bytes, undefined, copyBytes, call);
}

function copyBytes(bytes: Uint8Array): void {
  runs++;
  if (to.text.length < bytes.length || engine.instance() !== wasm) attach(FIRST_SLOTS, bytes.length);
  to.text.set(bytes);
  to.end = bytes.length;
}

/**
 * Writes and calls, twice if it must: a call that ended because the stack was full has left the memory locked, so another
 * instance is needed. Without a closure, which would add 30 ns to a request.
 */
function safely<Input, With, T>(
  input: Input,
  codec: With,
  write: (input: Input, codec: With) => T | undefined,
  call: Call,
): { status: Status; value: T } {
  try {
    for (let attempt = 0; attempt < 2; attempt++) {
      const value = write(input, codec) as T;
      const status = call(wasm as Wasm, to.end);
      if (status !== Status.DecodeError) return { status, value };
      engine.trapped();
    }
    throw new Error('the memory is locked');
  } catch (cause) {
    isReading = false;
    throw cause instanceof CtsError ? cause : engine.trapped(cause);
  }
}

function encode<T>(input: unknown, codec: Codec<T>): T | undefined {
  // A validator that user code calls reads its value only once: else a getter that validates its own object would run
  // twice at each level.
  if (isReading) return encodeNormalized(normalize(input, codec.type), codec);
  isReading = true;
  const value = encodeUsual(input, codec);
  if (value !== undefined) {
    isReading = false;
    return value;
  }
  const normalized = normalize(input, codec.type);
  isReading = false;
  return encodeNormalized(normalized, codec);
}

/** Undefined if the value must be normalized. */
function encodeUsual<T>(input: unknown, codec: Codec<T>): T | undefined {
  if (isPolluted()) return undefined;
  const run = ++runs;
  if (!isAttached()) attach();
  try {
    const value = put(input, undefined, codec);
    // User code may have called a validator, which writes to the same memory.
    return !to.unusual && run === runs && fits() ? value : undefined;
  } catch {
    // User code threw.
    return undefined;
  }
}

function encodeNormalized<T>(normalized: Normalized, codec: Codec<T>): T | undefined {
  runs++;
  if (!isAttached()) attach();
  let value = put(normalized.root, normalized, codec);
  while (!fits()) {
    attach(to.top + (to.top >>> 2), to.end + Math.min(to.end, 1 << 20));
    value = put(normalized.root, normalized, codec);
  }
  to.normalized = to.long = undefined;
  return value;
}

function put<T>(root: unknown, normalized: Normalized | undefined, codec: Codec<T>): T | undefined {
  to.normalized = normalized;
  to.long = undefined;
  to.unusual = false;
  to.end = 0;
  to.top = 1 + codec.size;
  return codec.put(root, to, 0, 1);
}

const fits = (): boolean => to.top * SLOT_WORDS <= to.slots.length && to.end <= to.text.length;

/** Whether the views are of the live memory. They are detached when it grows. */
const isAttached = (): boolean => to.slots.length > 0 && engine.instance() === wasm && growths === growthsSeen;

/** Reserves memory, and makes views of it. */
function attach(slots = FIRST_SLOTS, text = FIRST_TEXT): void {
  const live = engine.instance();
  if (live !== wasm) slotsLength = textLength = 0;
  wasm = live;
  slotsLength = Math.max(slotsLength, slots);
  textLength = Math.max(textLength, text);
  const slotsAt = wasm.reserve_slots(slotsLength) >>> 0;
  const textAt = wasm.reserve_text(textLength) >>> 0;
  if (slotsAt === 0 || textAt === 0) throw new Error('the memory is locked');
  growthsSeen = growths;
  const { buffer } = wasm.memory;
  to.slots = new Uint32Array(buffer, slotsAt, slotsLength * SLOT_WORDS);
  to.text = new Uint8Array(buffer, textAt, textLength);
}
