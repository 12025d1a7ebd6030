// The signing proxy behind a server of Node. It validates the raw request target and the raw headers.
import type { Instance } from '../platform.js';
import { BodyTaken, joined, TooLong } from './body.js';
import { pairsOf } from './header-section.js';
import { type Answer, type AnswerRequest, type Incoming, isResponse } from './incoming.js';
import { type NodeRequest, type NodeResponse, rawSection } from './node-types.js';
import { TimedOut } from './timeout.js';

/**
 * How long a connection stays open, unread, after a refusal that came before the end of the body. Closing it at once
 * would reset it, and the client could lose the answer.
 */
const LINGER_MS = 500;

export function proxyHandler(answerRequest: AnswerRequest): (request: NodeRequest, response: NodeResponse) => void {
  return (request, response) => {
    // Node destroys the connection after an error of a message.
    request.on('error', () => {});
    response.on('error', () => {});
    const { remoteAddress } = request.socket;
    answerRequest(() => incomingOf(request, response), { remoteAddress })
      .then((answer) => send(answer, request, response))
      .catch(() => request.socket.destroy());
  };
}

/**
 * The part of the target after the prefix at which a framework has mounted the handler. A target that something has
 * rewritten otherwise is not what was received, so it is refused as an empty one.
 */
function targetOf(request: NodeRequest): string {
  const { url = '' } = request;
  const { originalUrl } = request as { originalUrl?: unknown };
  if (typeof originalUrl !== 'string') return url;
  return originalUrl.startsWith('/') && originalUrl.endsWith(url) ? url : '';
}

function incomingOf(request: NodeRequest, response: NodeResponse): Incoming {
  const { method = '' } = request;
  const scheme = (request.socket as { encrypted?: unknown }).encrypted === true ? 'https' : 'http';
  const url = targetOf(request);
  // No header section begins with a colon, so this one is refused.
  const headers = rawSection(request.rawHeaders) ?? ':\n';
  return {
    method,
    url,
    scheme,
    headers,
    signal: {
      get aborted() {
        return response.destroyed && !response.writableFinished;
      },
      addEventListener: (_type: string, listener: () => void) => response.on('close', listener),
      removeEventListener: (_type: string, listener: () => void) => response.removeListener('close', listener),
    } as Incoming['signal'],
    request() {
      const list = pairsOf(headers);
      const [, host] = list.find(([name]) => name.toLowerCase() === 'host') ?? [];
      return new Request(`${scheme}://${host}${url}`, { method, headers: list });
    },
    readBody: (maxBytes, timeoutMs) => readBody(request, maxBytes, timeoutMs),
  };
}

function readBody(request: NodeRequest, maxBytes: number, timeoutMs: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (request.readableEnded) return reject(new BodyTaken('the body was read'));
    if (request.socket.destroyed) return reject(new Error('the connection was closed'));
    const parts: Uint8Array[] = [];
    let length = 0;
    const timer = setTimeout(() => fail(new TimedOut('too late')), timeoutMs);
    const onData = (part: Uint8Array): void => {
      length += part.length;
      if (length > maxBytes) fail(new TooLong('too long'));
      else parts.push(part);
    };
    const onEnd = (): void => {
      stop();
      resolve(joined(parts));
    };
    const onClose = (): void => fail(new Error('the connection was closed'));
    const fail = (error: Error): void => {
      stop();
      request.pause();
      reject(error);
    };
    const stop = (): void => {
      clearTimeout(timer);
      request.removeListener('data', onData);
      request.removeListener('end', onEnd);
      request.removeListener('close', onClose);
    };
    request.on('end', onEnd);
    request.on('close', onClose);
    request.on('data', onData);
  });
}

async function send(answer: Answer, request: NodeRequest, response: NodeResponse): Promise<void> {
  const { status } = answer;
  const headers = isResponse(answer) ? ([...answer.headers] as [string, string][]) : answer.headers;
  const body = isResponse(answer) ? await bytesOf(answer) : answer.body;
  if (response.destroyed) return;
  const list = headers.flat();
  if (body !== null) list.push('content-length', String(typeof body === 'string' ? utf8Length(body) : body.length));
  if (request.complete) {
    response.writeHead(status, list).end(body ?? undefined);
    return;
  }
  // The rest of the body is not read.
  response.writeHead(status, [...list, 'connection', 'close']);
  if (body === null || body.length === 0) response.flushHeaders();
  else response.write(body);
  const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
  response.on('close', () => clearTimeout(timer));
}

async function bytesOf(response: Instance<'Response'>): Promise<Uint8Array<ArrayBuffer> | null> {
  return response.body === null ? null : new Uint8Array(await response.arrayBuffer());
}

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;
