// Servers of Node for tests.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** Listens on loopback; gives the address, and how to end it with all its connections. */
export async function listen(handler) {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
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

/** An address where nothing listens: what did has been closed. */
export async function unusedAddress() {
  const { url, close } = await listen();
  await close();
  return `${url}/`;
}
