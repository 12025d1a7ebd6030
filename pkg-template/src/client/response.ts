// Reads a response of any `fetch`: the headers that the client needs, and the body up to its limit.
import type { CtsCallEvent } from '#glue-client';
import { maxResponseBytes, requestIdHeaders } from '../generated/metadata.js';

type AnswerEvent = Extract<CtsCallEvent, { type: 'answer' }>;
export type ResponseHead = Omit<AnswerEvent, 'type' | 'body' | 'bodyEnd'>;
export type ResponseBody = Pick<AnswerEvent, 'body' | 'bodyEnd'> & { cause?: unknown };

/** The chunks of a body: a reader of a web stream, or the iterator of a stream of Node. */
export interface BodyReader {
  read(): Promise<{ done?: boolean; value?: unknown }>;
  cancel?(): unknown;
}

/** What a response of another library or a mock may have. */
interface AnyResponse extends Partial<Omit<Response, 'body'>> {
  readonly body?: { getReader?(): BodyReader; [Symbol.asyncIterator]?(): AsyncIterator<unknown> } | null;
}

/** Status and headers. Throws if `fetch` returned something else. */
export function readHead(response: AnyResponse): ResponseHead {
  const { status, headers, body, arrayBuffer, text, json } = response;
  if (typeof status !== 'number' || !(body || arrayBuffer || text || json)) {
    throw new TypeError('fetch returned no Response');
  }
  // The headers of a mock may be a plain object, or missing.
  const fields = typeof headers?.get === 'function' ? headers : new Headers(headers);
  const header = (name: string) => String(fields.get(name) ?? '');
  return {
    status,
    contentType: header('content-type'),
    retryAfter: header('retry-after'),
    date: header('date'),
    requestId: requestIdHeaders.map(header).find((id) => id !== '') ?? '',
  };
}

/** Reads the body. Where it is not a stream, it is read at once. */
export async function openBody(response: AnyResponse): Promise<BodyReader> {
  const { body } = response;
  if (typeof body?.getReader === 'function') return body.getReader();
  const chunks = body?.[Symbol.asyncIterator]?.();
  if (chunks) return { read: () => chunks.next(), cancel: () => chunks.return?.() };
  const whole = [await readWhole(response)];
  return { read: async () => ({ value: whole.pop() }) };
}

async function readWhole(response: AnyResponse): Promise<unknown> {
  const { arrayBuffer, text, json } = response;
  if (arrayBuffer) {
    // React Native has the method, but it fails, and then the body counts as used.
    const spare = text && response.clone ? response.clone() : response;
    try {
      return await response.arrayBuffer?.();
    } catch (cause) {
      if (!text) throw cause;
      return spare.text?.();
    }
  }
  if (text) return response.text?.();
  return json && JSON.stringify(await response.json?.());
}

/** The text of the body. If the connection breaks, the text up to there. */
export async function readBody(open: () => Promise<BodyReader>): Promise<ResponseBody> {
  const decoder = new TextDecoder();
  let body = '';
  let room = maxResponseBytes;
  try {
    const reader = await open();
    for (let chunk = await reader.read(); chunk.value; chunk = await reader.read()) {
      const { value } = chunk;
      // A string counts as many bytes as it has characters, since to count its bytes it would have to be encoded.
      const bytes = typeof value === 'string' ? value : bytesOf(value);
      body += typeof bytes === 'string' ? bytes.slice(0, room) : decoder.decode(bytes.subarray(0, room), STREAM);
      room -= bytes.length;
      if (room < 0) return { body, bodyEnd: 'too_long' };
    }
    return { body: body + decoder.decode(), bodyEnd: 'complete' };
  } catch (cause) {
    return { body, bodyEnd: 'broken', cause };
  }
}

const STREAM = { stream: true };

/** The bytes of a view or a buffer, whatever realm it is from. */
function bytesOf(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (Object.prototype.toString.call(value) !== '[object ArrayBuffer]') throw new TypeError('the body has no bytes');
  return new Uint8Array(value as ArrayBuffer);
}
