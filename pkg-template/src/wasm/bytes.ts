// Bytes of any realm: under Jest and Vitest with jsdom, a Buffer is no instance of the page's Uint8Array.

export const tagOf = (given: unknown): string => Object.prototype.toString.call(given);

export const isUint8Array = (given: unknown): given is Uint8Array =>
  ArrayBuffer.isView(given) && tagOf(given) === '[object Uint8Array]';

/** The bytes of a view or a buffer. V8 compiles no DataView, so a view becomes a Uint8Array. */
export function bytesOf(given: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer as ArrayBuffer, given.byteOffset, given.byteLength);
  const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(tagOf(given));
  return isBuffer ? new Uint8Array(given as ArrayBuffer) : undefined;
}
