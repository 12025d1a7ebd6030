// A server that listens until a signal stops it.
import type { Server } from 'node:http';
import { CliError } from './cli-error.js';
import type { TextKey, Translate } from './texts.js';

/** How long requests in flight may take after a signal. */
const GRACE_MS = 2000;
/** A slow request body holds its connection no longer than this. */
const REQUEST_TIMEOUT_MS = 30_000;

const REASONS: Partial<Record<string, TextKey>> = {
  EADDRINUSE: 'listen.taken',
  EACCES: 'listen.denied',
  EADDRNOTAVAIL: 'listen.host',
  ENOTFOUND: 'listen.host',
};

/** Returns the URL. */
export function listen(server: Server, { host, port }: { host: string; port: number }, t: Translate): Promise<string> {
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const reason = REASONS[code ?? ''] ?? 'listen.failed';
      reject(new CliError(t(reason, { host, port, code }), { code: 'listen' }));
    });
    server.listen({ host, port }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      resolve(`http://${bracketed(host)}:${bound}`);
    });
  });
}

/** A host as in a URL: an IPv6 address has brackets. */
export const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

export async function untilSignal(server: Server, signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
