// Builds the playground and serves it as a static host does, in a folder of a site or at its root.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { serve } from 'srvx';
import { staticMiddleware } from 'srvx/static';
import { buildPlayground } from '../../tools/playground.mjs';
import { launchChromium } from '../support/chromium.mjs';
import { openPage } from './app.mjs';

/** As strict as the playground allows. It is stricter than the one that the page has itself. */
const CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const HEADERS = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cache-control': 'no-cache',
};

/** A static host, with the playground below `path`. `requested` collects the requests. */
export async function startHost(folder, path, headers) {
  const files = staticMiddleware({ dir: folder });
  const requested = [];
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    silent: true,
    fetch: async (request) => {
      const url = new URL(request.url);
      requested.push(`${request.method} ${url.pathname}${url.search}`);
      const missing = () => new Response('not found', { status: 404 });
      if (!url.pathname.startsWith(path)) return missing();
      url.pathname = url.pathname.slice(path.length - 1);
      const response = await files(new Request(url, request), missing);
      for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
      return response;
    },
  });
  await server.ready();
  return { url: new URL(path, server.url).href, requested, close: () => server.close(true) };
}

/** Runs the playground on two hosts, and a browser, for the tests of a file. */
export function usePlayground() {
  const harness = {
    /** The files by their path. */
    files: new Map(),
    /** In a folder, with a strict Content-Security-Policy. */
    inFolder: undefined,
    /** At the root of another origin, without headers. */
    atRoot: undefined,
    browser: undefined,
    /** Opens the playground with a hash. */
    open: (host, hash = '', options = {}) => openPage(harness.browser, `${host.url}${hash}`, options),
  };
  let folder;
  before(
    async () => {
      folder = await mkdtemp(join(tmpdir(), 'playground-'));
      harness.files = await buildPlayground({ folder });
      harness.inFolder = await startHost(folder, '/docs/cts/', HEADERS);
      harness.atRoot = await startHost(folder, '/', {});
      harness.browser = await launchChromium();
    },
    { timeout: 120_000 },
  );
  after(async () => {
    await harness.browser?.close();
    await harness.inFolder?.close();
    await harness.atRoot?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return harness;
}
