// `toNodeHandler`: what a server of Node calls.
import type { CtsEmulator } from './emulator.js';
import { HANDLE, type Handle } from './emulator-handle.js';
import { ANSWER, type AnswerRequest } from './incoming.js';
import { emulatorHandler } from './node-emulator.js';
import { proxyHandler } from './node-proxy.js';
import type { NodeRequest, NodeResponse } from './node-types.js';
import { invalidOption } from './options.js';
import type { SigningProxy } from './proxy-options.js';

/**
 * Returns a handler of `node:http` for a signing proxy or an emulator: `createServer(toNodeHandler(proxy))`, in Express
 * `app.use('/api/cts', toNodeHandler(proxy))`, in Koa and Fastify with the raw messages (`ctx.req` and `ctx.res` after
 * `ctx.respond = false`; `request.raw` and `reply.raw` after `reply.hijack()` in an `onRequest` hook). Install it before
 * anything that reads bodies.
 *
 * The proxy gets the request target and the headers as they were received: the target must be a path, exactly; nothing
 * in it is decoded or resolved, and repeated headers are counted. A framework may remove a prefix from `req.url`; if it
 * keeps the whole target in `req.originalUrl`, that must end with `req.url`. The client's address reaches
 * `ratePerClient` in `remoteAddress` of the second argument. If a client goes away, its request to the service is
 * aborted. After a refusal before the end of the body, the connection is closed. For HTTP/1.1 and HTTP/1.0.
 *
 * An emulator also produces its faults of the connection. `maxHeaderSize: 262144` lets large headers reach its own limit:
 * `createServer({ maxHeaderSize: 262144 }, toNodeHandler(emulator))`.
 */
export function toNodeHandler(
  handler: SigningProxy | CtsEmulator,
): (request: NodeRequest, response: NodeResponse) => void {
  const { [ANSWER]: answer, [HANDLE]: handle } = Object(handler) as { [ANSWER]?: AnswerRequest; [HANDLE]?: Handle };
  if (typeof answer === 'function') return proxyHandler(answer);
  if (typeof handle === 'function') return emulatorHandler(handle);
  throw invalidOption('invalid_argument', 'toNodeHandler needs what createSigningProxy or createEmulator returns');
}
