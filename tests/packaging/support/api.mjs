// What stands behind /api/ of every page here: the signing proxy, over an emulator.
import { createServer } from 'node:http';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { toNodeHandler } from 'srvx/node';
import { SILENT } from './example.mjs';

function answer(request) {
  if (request.url.includes(SILENT)) return new Promise(() => {});
  // Each request meets a service of its own, in which no tracker is yet.
  const emulator = createEmulator();
  const origin = request.headers.get('origin');
  const proxy = createSigningProxy({
    endpoint: 'http://127.0.0.1',
    credentials: sampleCredentials,
    fetch: emulator.fetch,
    // Servers in between change the Host: which page asks is tested elsewhere.
    ...(origin && { allowedOrigins: [origin] }),
  });
  return proxy.fetch(request);
}

/** A listener of Node's. */
export const api = toNodeHandler(answer);

/** The same as a server, for hosts that are no page. */
export async function serveApi() {
  const server = createServer(api);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}
