// The emulator behind a server of Node, including faults of the connection.
import type { Plan } from '#glue-server';
import { joined } from './body.js';
import { type Handle, MAX_READ_BYTES } from './emulator-handle.js';
import { pairsOf } from './header-section.js';
import { type NodeRequest, type NodeResponse, type NodeSocket, rawSection } from './node-types.js';

export function emulatorHandler(handle: Handle): (request: NodeRequest, response: NodeResponse) => void {
  return (request, response) => {
    const parts: Uint8Array[] = [];
    let length = 0;
    request.on('data', (part: Uint8Array) => {
      if (length < MAX_READ_BYTES) parts.push(part);
      length += part.length;
    });
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      const headers = rawSection(rawHeaders) ?? ':\n';
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
