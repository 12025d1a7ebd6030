// The work that a validator in wasm cannot avoid. The report shows how far the rows are from it.
import { createHash, createHmac } from 'node:crypto';

const text = new Uint8Array(4096);

/**
 * Reads each field, and writes each character of a string once.
 * @param {unknown} value
 * @param {number} [at]
 * @returns {number} the number of characters
 */
export function touch(value, at = 0) {
  if (typeof value === 'string') {
    for (let i = 0; i < value.length; i++) text[at + i] = value.charCodeAt(i);
    return at + value.length;
  }
  let end = at;
  if (typeof value === 'object' && value !== null) {
    for (const key in value) end = touch(/** @type {Record<string, unknown>} */ (value)[key], end);
  }
  return end;
}

/**
 * Copies the bytes and reads each once.
 * @param {Uint8Array} bytes
 */
export function scan(bytes) {
  return Buffer.from(bytes).indexOf(0);
}

/**
 * The hashes of a signature: the body, the canonical request, and one HMAC.
 * @param {unknown} body
 */
export function hashes(body) {
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest('hex');
  const canonical = createHash('sha256').update(`POST\n${bodyHash}`).digest('hex');
  return createHmac('sha256', 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc').update(canonical).digest('hex');
}
