// The signing proxy in front of the emulator, both in the page.
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { apiUrl } from '../api.js';

const { host, origin } = location;

const proxy = createSigningProxy({
  // The proxy needs an endpoint; the emulator answers for any.
  endpoint: `https://${host}`,
  credentials: sampleCredentials,
  allowedHosts: [host],
  allowLookup: true,
  fetch: createEmulator().fetch,
});

/** Answers a request below the URL of the proxy. */
export async function answer(request: Request): Promise<Response> {
  const { method, headers, signal } = request;
  // The proxy knows no prefix.
  const url = `${origin}/${request.url.slice(apiUrl('').href.length)}`;
  // Not the stream: Firefox has no bodies of requests that are streams.
  const body = method === 'GET' || method === 'HEAD' ? null : await request.arrayBuffer();
  return proxy.fetch(new Request(url, { method, headers, body, signal }));
}
