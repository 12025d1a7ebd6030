// The API below /api/ of every page: the signing proxy in front of an emulator.
import { createServer } from 'node:http';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { toNodeHandler } from 'srvx/node';
import { SILENT } from './example.mjs';

function answer(request) {
  if (request.url.includes(SILENT)) return new Promise(() => {});
  // Each request has a new emulator without trackers.
  const emulator = createEmulator();
  const origin = request.headers.get('origin');
  const proxy = createSigningProxy({
    endpoint: 'http://127.0.0.1',
    credentials: sampleCredentials,
    fetch: emulator.fetch,
    // Servers in between change the Host header. Other tests check origins.
    ...(origin && { allowedOrigins: [origin] }),
  });
  return proxy.fetch(request);
}

/** A listener for node:http. */
export const api = toNodeHandler(answer);

/** The same as a server, for hosts other than pages. */
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
