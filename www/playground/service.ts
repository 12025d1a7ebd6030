// The signing proxy in front of the emulator, both in the page.
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { createSigningProxy } from 'cts-tracker/proxy';
import { apiUrl } from '../api.js';
import { type EmulatorCommand, EmulatorControl, type EmulatorSnapshot } from '../emulator/control.js';
import { emulatorDefaults } from '../emulator/defaults.js';

const { host, origin } = location;
const control = new EmulatorControl(createEmulator, emulatorDefaults);

/** For the drawer of the emulator. */
export const controlEmulator = (command?: EmulatorCommand): EmulatorSnapshot =>
  command ? control.run(command) : control.read();

const proxy = createSigningProxy({
  // The proxy needs an endpoint; the emulator answers for any.
  endpoint: `https://${host}`,
  credentials: sampleCredentials,
  allowedHosts: [host],
  allowLookup: true,
  fetch: async (input, init) => {
    const request = new Request(input, init);
    const fault = control.takeFault(request.method, new URL(request.url).pathname);
    if (fault !== undefined) request.headers.set('x-emulator-fault', fault);
    return control.emulator.fetch(request);
  },
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
