// Reading bodies, up to a length and for a limited time.
import { withTimeout } from './timeout.js';

/** `readAll` rejects with it. */
export class TooLong extends Error {}

/** Something in front of the proxy has read the body. */
export class BodyTaken extends Error {}

/** All bytes of a stream. `timeoutMs` undefined means no limit of its own. */
export async function readAll(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  timeoutMs?: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!stream) return new Uint8Array(0);
  const reader = stream.getReader();
  const reading = (async () => {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joined(parts);
      length += value.length;
      if (length > maxBytes) throw new TooLong('too long');
      parts.push(value);
    }
  })();
  try {
    return await (timeoutMs === undefined ? reading : withTimeout(timeoutMs, reading));
  } catch (cause) {
    // Avoid unhandled rejections.
    reading.catch(() => {});
    reader.cancel().catch(() => {});
    throw cause;
  }
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (parts.length === 1 && first?.buffer instanceof ArrayBuffer) return first as Uint8Array<ArrayBuffer>;
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
