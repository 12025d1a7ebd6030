// Work that any validator in wasm must do for these samples, written by hand for each. None of it validates.
import { createHash, createHmac } from 'node:crypto';
import binaryen from 'binaryen';
import { GOOD } from './samples.mjs';

/** Reads bytes from address 0, eight at a time, and does nothing else. */
const READER = `(module
  (memory (export "memory") 1)
  (func (export "read") (param $length i32) (result i32)
    (local $at i32) (local $all i64)
    (loop $next
      (local.set $all (i64.or (local.get $all) (i64.load (local.get $at))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $length))))
    (i32.wrap_i64 (local.get $all))))`;

/** @typedef {{ memory: WebAssembly.Memory, read(length: number): number }} Reader */

const module = new WebAssembly.Module(new Uint8Array(binaryen.parseText(READER).emitBinary()));
const reader = /** @type {Reader} */ (/** @type {unknown} */ (new WebAssembly.Instance(module).exports));
let bytes = new Uint8Array(reader.memory.buffer);

/**
 * @param {string} text
 * @param {number} at
 * @returns {number} the address after the text
 */
function put(text, at) {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/**
 * Writes the fields of `GOOD` into the memory of a wasm, which reads the bytes.
 * @param {typeof GOOD} request
 */
export function writeRequest(request) {
  const { tracker_type, tracker_name, agency_name, obs_info, is_lts_enabled, data_bucket } = request;
  const { is_obs_created, bucket_name, file_prefix_name, bucket_lifecycle } = obs_info;
  const { data_event, data_bucket_name } = data_bucket;
  bytes[0] = Number(is_lts_enabled);
  bytes[1] = Number(is_obs_created);
  bytes[2] = bucket_lifecycle;
  let at = put(tracker_type, 3);
  at = put(tracker_name, at);
  at = put(agency_name, at);
  at = put(bucket_name, at);
  at = put(file_prefix_name, at);
  at = put(data_bucket_name, at);
  for (const event of data_event) at = put(event, at);
  return reader.read(at);
}

/**
 * Writes a string into the memory of a wasm, which reads the bytes.
 * @param {string} text
 */
export const writeText = (text) => reader.read(put(text, 0));

/**
 * Copies the bytes into the memory of a wasm in pieces, as `validateNdjson` does; the wasm reads them.
 * @param {Uint8Array} all
 */
export function copy(all) {
  const piece = 1 << 19;
  if (bytes.length < piece) {
    reader.memory.grow(piece >> 16);
    bytes = new Uint8Array(reader.memory.buffer);
  }
  let read = 0;
  for (let from = 0; from < all.length; from += piece) {
    const part = all.subarray(from, from + piece);
    bytes.set(part);
    read |= reader.read(part.length);
  }
  return read;
}

/**
 * The hashes of a signature by Node: the body, the canonical request, and one HMAC.
 * @param {unknown} body
 */
export function hashes(body) {
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const canonical = createHash('sha256').update(`POST\n${bodyHash}`).digest('hex');
  return createHmac('sha256', 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc').update(canonical).digest('hex');
}
