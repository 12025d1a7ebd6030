// The console's server: its files, /config.json, and the signing proxy below /api/.
import { createServer } from 'node:http';
import { toNodeHandler } from 'srvx/node';
import { Failure } from './common.mjs';

const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** A Web-standard handler as a Node server on loopback. */
export const serve = (fetch, port) => listen(createServer(toNodeHandler(fetch)), port);

/** @returns {Promise<{ server: import('node:http').Server, port: number }>} */
export function listen(server, port) {
  // A body that dribbles in holds a connection no longer than this.
  server.requestTimeout = 30_000;
  return new Promise((done, fail) => {
    server.once('error', (error) =>
      fail(
        error.code === 'EADDRINUSE'
          ? new Failure(
              `port ${port} is in use: end the program that uses it, or choose another port, as in PORT=${port + 1} npm start`,
            )
          : error.code === 'EACCES'
            ? new Failure(`port ${port} may not be used: choose another, as in PORT=8788 npm start`)
            : error,
      ),
    );
    server.listen({ host: '127.0.0.1', port }, () => done({ server, port: server.address().port }));
  });
}

/**
 * @param {{ files: Map<string, { type: string, body: Uint8Array }>, config: object, hosts(): string[],
 *   api: { fetch(request: Request): Promise<Response> } }} options
 */
export function consoleServer({ files, config, hosts, api }) {
  const forward = toNodeHandler((request) => api.fetch(request));
  const all = new Map(files);
  all.set('/config.json', { type: 'application/json', body: Buffer.from(JSON.stringify(config)) });

  return createServer((request, response) => {
    // The request target as it came: nothing is decoded or resolved before the proxy judges it.
    if (request.url.startsWith('/api/')) {
      request.url = request.url.slice('/api'.length);
      forward(request, response);
      return;
    }
    request.resume();
    const answer = (status, body, headers) => {
      response.writeHead(status, { ...HEADERS, 'content-length': body.length, ...headers });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    const say = (status, text, headers) =>
      answer(status, Buffer.from(`${text}\n`), { 'content-type': 'text/plain; charset=utf-8', ...headers });
    // A name that another site points at this address (DNS rebinding) is not ours.
    if (!hosts().includes(request.headers.host)) return say(403, 'this server answers only to its own address');
    const path = request.url.split('?', 1)[0];
    const file = all.get(path);
    if (!file) return say(404, 'not found');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return say(405, 'only GET and HEAD', { allow: 'GET, HEAD' });
    return answer(200, file.body, { 'content-type': file.type });
  });
}
