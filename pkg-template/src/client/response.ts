// Reads a response: the headers that the client needs, and the body up to its limit.
import type { CtsCallEvent } from '#glue-browser';
import { maxResponseBytes, requestIdHeaders } from '../generated/metadata.js';

export type BodyReader = ReadableStreamDefaultReader<Uint8Array>;

type AnswerEvent = Extract<CtsCallEvent, { type: 'answer' }>;
export type ResponseHead = Omit<AnswerEvent, 'type' | 'body' | 'bodyEnd'>;
export type ResponseBody = Pick<AnswerEvent, 'body' | 'bodyEnd'> & { cause?: unknown };

/** Status and headers. Throws if `fetch` returned something else. */
export function readHead(response: Response): ResponseHead {
  const { status, headers } = response;
  if (typeof status !== 'number') throw new TypeError('fetch returned no Response');
  const header = (name: string) => headers.get(name) ?? '';
  return {
    status,
    contentType: header('content-type'),
    retryAfter: header('retry-after'),
    date: header('date'),
    requestId: requestIdHeaders.map(header).find((id) => id !== '') ?? '',
  };
}

/** A reader of the body. Some hosts have a `fetch` whose body is not a web stream. */
export async function openBody(response: Response): Promise<BodyReader | undefined> {
  const { body } = response;
  if (!body || typeof body.getReader === 'function') return body?.getReader();
  return new Response(await response.arrayBuffer()).body?.getReader();
}

/** The text of the body. If the connection breaks, the text up to there. */
export async function readBody(open: () => Promise<BodyReader | undefined>): Promise<ResponseBody> {
  const decoder = new TextDecoder();
  let body = '';
  let room = maxResponseBytes;
  try {
    const reader = await open();
    for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
      body += decoder.decode(chunk.value.subarray(0, room), { stream: true });
      room -= chunk.value.length;
      if (room < 0) return { body, bodyEnd: 'too_long' };
    }
    return { body: body + decoder.decode(), bodyEnd: 'complete' };
  } catch (cause) {
    return { body, bodyEnd: 'broken', cause };
  }
}
