// The console's server: its files, /config.json, and the signing proxy under /api/.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Failure } from './common.mjs';

/** @typedef {import('node:http').Server} Server */

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

/**
 * @param {Server} server
 * @param {number} port
 * @returns {Promise<{ server: Server, port: number }>} the port it listens on, also if 0 was asked for
 */
export function listen(server, port) {
  // A slow body must not hold a connection for longer.
  server.requestTimeout = 30_000;
  return new Promise((done, fail) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => fail(portError(error, port)));
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address();
      done({ server, port: typeof address === 'object' && address ? address.port : port });
    });
  });
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} port
 */
function portError(error, port) {
  if (error.code === 'EADDRINUSE') {
    return new Failure(
      `port ${port} is in use: stop the program that uses it, or choose another port, as in PORT=${port + 1} npm start`,
    );
  }
  if (error.code === 'EACCES')
    return new Failure(`port ${port} needs more rights: choose another port, as in PORT=8788 npm start`);
  return error;
}

/** @typedef {{ type: string, body: Uint8Array }} File */
/** @typedef {{ body: Uint8Array, headers: Record<string, string> }} Representation */

/** The content codings that the server knows, the smallest first. */
const CODINGS = /** @type {const} */ ([
  ['br', brotliCompressSync],
  ['gzip', gzipSync],
]);

/**
 * The representations of a file by their content coding, compressed once.
 * @param {File} file
 * @returns {Map<string, Representation>}
 */
function represent({ type, body }) {
  /** @param {string} coding @param {Uint8Array} bytes @returns {[string, Representation]} */
  const representation = (coding, bytes) => {
    const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
    const headers = { 'content-type': type, vary: 'accept-encoding', etag };
    return [
      coding,
      { body: bytes, headers: coding === 'identity' ? headers : { ...headers, 'content-encoding': coding } },
    ];
  };
  return new Map([
    representation('identity', body),
    ...CODINGS.map(([coding, compress]) => representation(coding, compress(body))),
  ]);
}

/**
 * Whether `Accept-Encoding` names the coding and does not refuse it by `q=0`.
 * @param {string} accepted
 * @param {string} coding
 */
const accepts = (accepted, coding) =>
  accepted.split(',').some((item) => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });

/**
 * @param {Map<string, Representation>} representations
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
function choose(representations, { 'accept-encoding': accepted = '' }) {
  const [coding = 'identity'] = CODINGS.find(([name]) => accepts(String(accepted), name)) ?? [];
  return representations.get(coding);
}

/**
 * @param {{ files: Map<string, File>, config: object, hosts(): string[],
 *   api: import('node:http').RequestListener,
 *   control?: (request: import('node:http').IncomingMessage) => Promise<{ status: number, type: string, body: string }>
 *   }} options `control` answers /emulator
 */
export function consoleServer({ files, config, hosts, api, control }) {
  const all = new Map([...files].map(([path, file]) => [path, represent(file)]));
  all.set('/config.json', represent({ type: 'application/json', body: Buffer.from(JSON.stringify(config)) }));

  return createServer((request, response) => {
    const url = request.url ?? '';
    // The proxy gets the request target as it was sent: it validates the target before anything decodes it.
    if (url.startsWith('/api/')) {
      request.url = url.slice('/api'.length);
      api(request, response);
      return;
    }
    /**
     * @param {number} status
     * @param {Uint8Array} body
     * @param {Record<string, string>} headers
     */
    const send = (status, body, headers) => {
      response.writeHead(status, { ...HEADERS, 'content-length': body.length, ...headers });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    /**
     * @param {number} status
     * @param {string} text
     * @param {Record<string, string>} [headers]
     */
    const refuse = (status, text, headers) =>
      send(status, Buffer.from(`${text}\n`), { 'content-type': 'text/plain; charset=utf-8', ...headers });
    // DNS rebinding: another site's name can point to this address.
    if (!hosts().includes(request.headers.host ?? '')) {
      request.resume();
      return refuse(403, 'this server answers only to its own address');
    }
    const path = url.split('?', 1)[0] ?? '';
    if (control && path === '/emulator') {
      control(request).then(
        ({ status, type, body }) =>
          send(status, Buffer.from(body), { 'content-type': type, 'cache-control': 'no-store' }),
        () => refuse(500, 'the emulator failed'),
      );
      return;
    }
    request.resume();
    const file = all.get(path);
    if (!file) return refuse(404, 'not found');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'only GET and HEAD', { allow: 'GET, HEAD' });
    const chosen = choose(file, request.headers);
    if (!chosen) return refuse(500, 'no representation');
    const isCurrent = request.headers['if-none-match'] === chosen.headers.etag;
    if (!isCurrent) return send(200, chosen.body, chosen.headers);
    response.writeHead(304, { ...HEADERS, ...chosen.headers });
    return response.end();
  });
}
