// A server of Node that listens until a signal ends it.
import { EXIT, Failure } from './failure.js';

/** Requests under way when a signal comes are given so long. */
const GRACE = 2000;

/** @returns {Promise<number>} the port */
export function listen(server, { host, port }, t) {
  // A body that dribbles in holds a connection no longer than this.
  server.requestTimeout = 30_000;
  return new Promise((done, fail) => {
    server.once('error', ({ code }) => {
      const reason = {
        EADDRINUSE: 'listen.taken',
        EACCES: 'listen.denied',
        EADDRNOTAVAIL: 'listen.host',
        ENOTFOUND: 'listen.host',
      }[code];
      fail(new Failure(t(reason ?? 'listen.failed', { host, port, code }), EXIT.misuse, { code: 'listen' }));
    });
    server.listen({ host, port }, () => done(server.address().port));
  });
}

export const urlOf = (host, port) => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

export async function untilSignal(server, signal) {
  if (!signal.aborted)
    await new Promise((done) => {
      signal.addEventListener('abort', done, { once: true });
    });
  await new Promise((done) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(timer);
      done();
    });
    server.closeIdleConnections();
  });
}
