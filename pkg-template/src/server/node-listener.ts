// The emulator behind a server of Node, including faults of the connection.
import type { Plan } from '#glue-server';
import { joined } from './body.js';
import { type CtsEmulator, HANDLE, type Handle, MAX_READ_BYTES } from './emulator.js';
import { pairsOf } from './header-section.js';
import { invalidOption } from './options.js';

/** The parts of Node's `IncomingMessage` that the listener uses. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  rawHeaders: readonly string[];
  socket: NodeSocket;
  on(event: 'data', listener: (part: Uint8Array) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
}

/** The parts of Node's `ServerResponse` that the listener uses. */
export interface NodeResponse {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  writeHead(status: number, headers?: any): NodeResponse;
  write(part: Uint8Array, callback: () => void): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  end(data?: any): unknown;
}

interface NodeSocket {
  destroyed: boolean;
  destroy(): unknown;
  /** Node 18.3 and later. */
  resetAndDestroy?(): unknown;
}

/**
 * Returns a listener for a server of Node: `createServer({ maxHeaderSize: 262144 }, toNodeListener(emulator))`. The
 * larger `maxHeaderSize` lets requests reach the gateway's own limit.
 */
export function toNodeListener(emulator: CtsEmulator): (request: NodeRequest, response: NodeResponse) => void {
  const handle = (emulator as { [HANDLE]?: Handle } | undefined)?.[HANDLE];
  if (typeof handle !== 'function')
    throw invalidOption('invalid_argument', 'toNodeListener needs what createEmulator returns');
  return (request, response) => {
    const parts: Uint8Array[] = [];
    let length = 0;
    request.on('data', (part) => {
      if (length < MAX_READ_BYTES) parts.push(part);
      length += part.length;
    });
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      let headers = '';
      for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers += `${rawHeaders[i]}:${rawHeaders[i + 1]}\n`;
      try {
        const plan = handle(method, url, headers, joined(parts));
        if (plan.delayMs === 0) send(plan, request.socket, response);
        else setTimeout(send, plan.delayMs, plan, request.socket, response);
      } catch (cause) {
        // A crash of the emulator must not end the server's process.
        const message = cause instanceof Error ? cause.message : String(cause);
        response.writeHead(500, { 'content-type': 'text/plain' }).end(`the emulator failed: ${message}`);
      }
    });
  };
}

function send({ status, headers, body, delivery }: Plan, socket: NodeSocket, response: NodeResponse): void {
  if (socket.destroyed) return;
  const sent = delivery.kind === 'whole' ? body.length : delivery.sent;
  if (sent === null) {
    if (delivery.kind === 'reset') reset(socket);
    return;
  }
  const framing = delivery.kind === 'truncate' ? ['connection', 'close'] : ['content-length', String(body.length)];
  response.writeHead(status, [...pairsOf(headers).flat(), ...framing]);
  const part = body.subarray(0, sent);
  if (delivery.kind === 'whole' || delivery.kind === 'truncate') response.end(part);
  else
    response.write(part, () => {
      if (delivery.kind === 'reset') reset(socket);
    });
}

function reset(socket: NodeSocket): void {
  if (socket.resetAndDestroy) socket.resetAndDestroy();
  else socket.destroy();
}
