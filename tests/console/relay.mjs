// A server between the browser and the console, for what a page cannot be shown otherwise: a refused connection, an
// answer that is lost or cut off.
import { createServer, request } from 'node:http';

/**
 * `answer` may answer a request itself and return true; the others are passed on to `target`. If `loses` returns true, the
 * target's answer is lost.
 */
export async function startRelay(target) {
  const { hostname, port, host, origin } = new URL(target);
  const relay = { url: '', answer: () => false, loses: () => false, keepOrigin: false, stop, start };
  const server = createServer((incoming, outgoing) => {
    if (relay.answer(incoming, outgoing)) return;
    const headers = { ...incoming.headers, host };
    if (headers.origin && !relay.keepOrigin) headers.origin = origin;
    const passed = request({ hostname, port, method: incoming.method, path: incoming.url, headers }, (response) => {
      if (relay.loses(incoming)) {
        response.resume().on('end', () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(response.statusCode, response.headers);
      response.pipe(outgoing);
    });
    incoming.pipe(passed);
  });

  async function start() {
    const wanted = relay.url === '' ? 0 : Number(new URL(relay.url).port);
    await new Promise((resolve) => server.listen(wanted, '127.0.0.1', resolve));
    relay.url = `http://127.0.0.1:${server.address().port}/`;
  }
  async function stop() {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
  await start();
  return relay;
}

export const isCreation = ({ method, url }) => method === 'POST' && url.endsWith('/tracker');
export const isLookup = ({ method, url }) => method === 'GET' && /\/trackers(\?|$)/.test(url);
export const isCheck = ({ method, url }) => method === 'POST' && url.endsWith('/checkbucket');
