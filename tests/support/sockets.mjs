// Node servers for tests.
import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * Listens on loopback. Returns the address, and a function that closes the server with all its connections.
 * @param {import('node:http').RequestListener} [handler]
 */
export async function listen(handler) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    server,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

/** An address where nothing listens: the address of a closed server. */
export async function unusedAddress() {
  const { url, close } = await listen();
  await close();
  return `${url}/`;
}
