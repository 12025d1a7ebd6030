// Servers on loopback that end a connection at each stage, for the question whether a request was sent.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** @typedef {[name: string, scheme: string, make: () => import('node:net').Server]} Entry */

/** @param {string} file */
const read = (file) => readFileSync(new URL(`tls/${file}`, import.meta.url));
/** @param {string} name */
const pair = (name) => ({ key: read(`${name}.key`), cert: read(`${name}.pem`) });
export const ca = read('ca.pem');

/**
 * A server that runs `onConnection` for each socket.
 * @param {(socket: import('node:net').Socket) => void} onConnection
 */
const tcp = (onConnection) =>
  createServer((socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });

/** @param {import('node:tls').TlsOptions} options */
const tls = (options) =>
  createTlsServer(options, (socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n');
  }).on('tlsClientError', () => {});

/** TLS 1.2's record of a fatal alert: internal error. */
const ALERT = Buffer.from([21, 3, 3, 0, 2, 2, 80]);

/** The failures of a TLS handshake. */
const HANDSHAKES = {
  'a certificate signed by itself': () => tls(pair('self')),
  'a certificate of an unknown authority': () => tls(pair('leaf')),
  'a chain that ends in an unknown authority': () =>
    tls({ ...pair('leaf'), cert: Buffer.concat([read('leaf.pem'), ca]) }),
  'an expired certificate': () => tls(pair('expired')),
  'a certificate for another name': () => tls(pair('other')),
  'an old version of TLS': () =>
    tls({ ...pair('leaf'), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  'a server without TLS': () => createHttpServer((_, response) => response.end()),
  'a server of another protocol': () => tcp((socket) => socket.write('220 mail ready\r\n')),
  'an alert instead of a handshake': () => tcp((socket) => socket.once('data', () => socket.end(ALERT))),
};

/** A connection that is closed in the handshake. Not every platform says that it was in the handshake. */
const CLOSED_HANDSHAKES = {
  'a connection closed before the handshake': () => tcp((socket) => socket.end()),
  'a connection closed in the handshake': () => tcp((socket) => socket.once('data', () => socket.end())),
};

/**
 * A connection that breaks after something was sent, or where that is unknown.
 * @type {Entry[]}
 */
const AMBIGUOUS = [
  ['a reset in the handshake', 'https', () => tcp((socket) => socket.once('data', () => socket.resetAndDestroy()))],
  ['a close after the request', 'http', () => tcp((socket) => socket.once('data', () => socket.end()))],
  ['a reset after the request', 'http', () => tcp((socket) => socket.once('data', () => socket.resetAndDestroy()))],
  ['a server that expects TLS', 'http', () => tls(pair('leaf'))],
];

/**
 * @param {Record<string, Entry[2]>} group
 * @returns {Entry[]}
 */
const https = (group) => Object.entries(group).map(([name, make]) => [name, 'https', make]);

/**
 * Starts the servers. Each list has the names and the addresses of the servers of a group.
 * @param {number} unusedPort of an address where nothing listens
 */
export async function failingServers(unusedPort) {
  /** @type {import('node:net').Server[]} */
  const servers = [];
  const start = async (/** @type {Entry[]} */ group) => {
    /** @type {[name: string, url: string][]} */
    const urls = [];
    for (const [name, scheme, make] of group) {
      const server = make();
      servers.push(server);
      urls.push([name, `${scheme}://127.0.0.1:${await portOf(server)}/`]);
    }
    return urls;
  };
  return {
    unconnected: [
      ['a port where nothing listens', `http://127.0.0.1:${unusedPort}/`],
      ['a port that fetch refuses', 'http://127.0.0.1:22/'],
      ['a name that does not exist', 'https://name.invalid/'],
    ],
    handshakes: await start(https(HANDSHAKES)),
    closedHandshakes: await start(https(CLOSED_HANDSHAKES)),
    ambiguous: await start(AMBIGUOUS),
    close() {
      for (const server of servers) server.close();
    },
  };
}

/** @param {import('node:net').Server} server */
async function portOf(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** An HTTP proxy that refuses CONNECT. */
export async function refusingHttpProxy() {
  const server = createHttpServer().on('connect', (_, socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n');
  });
  return { url: `http://127.0.0.1:${await portOf(server)}`, close: () => server.close() };
}

/** A port of 127.0.0.1 whose server accepts no connection, so that connecting times out. */
export async function unansweredPort() {
  const blocked = `require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    require('fs').writeSync(1, String(this.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;
  const child = spawn(process.execPath, ['-e', blocked], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = await once(child.stdout, 'data');
  const port = Number(String(text));
  // These fill the queue of connections.
  const queue = Array.from({ length: 6 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  // The queue is full if one of them has not been answered.
  while (queue.filter(({ connecting }) => !connecting).length === 0) await new Promise((done) => setTimeout(done, 20));
  await new Promise((done) => setTimeout(done, 200));
  return {
    port,
    close() {
      for (const socket of queue) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}
