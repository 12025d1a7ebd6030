// The signing proxy in front of emulators, as one fetch handler for any runtime. Each address
// `/{faults as JSON}/{name}-{n}/` has its own emulator, and the first n connections to it are refused. `state` below the
// address returns the state of its emulator.

/**
 * @typedef {{ fetch(request: Request): Promise<Response> }} Proxy
 * @typedef {{ fetch(url: unknown, init: unknown): Promise<Response>, state(): unknown }} Emulator
 * @param {{ createSigningProxy(options: object): Proxy, createEmulator(options: object): Emulator,
 *   sampleCredentials: object }} server
 */
export function createHarness({ createSigningProxy, createEmulator, sampleCredentials }) {
  /** @type {Map<string, { emulator: Emulator, proxy: Proxy }>} */
  const pairs = new Map();
  const pairOf = (faults = '', name = '') => {
    const key = `${faults}/${name}`;
    const known = pairs.get(key);
    if (known) return known;
    const emulator = createEmulator({ faults: JSON.parse(decodeURIComponent(faults)) });
    let refusals = Number(name.split('-')[1]);
    const proxy = createSigningProxy({
      endpoint: 'http://127.0.0.1:9',
      credentials: sampleCredentials,
      allowedHosts: ['127.0.0.1:*', 'harness.test'],
      async fetch(/** @type {unknown} */ url, /** @type {unknown} */ init) {
        refusals -= 1;
        const cause = { code: 'ECONNREFUSED', syscall: 'connect' };
        if (refusals >= 0) throw Object.assign(new TypeError(), { cause });
        return emulator.fetch(url, init);
      },
    });
    const pair = { emulator, proxy };
    pairs.set(key, pair);
    return pair;
  };

  return async function fetch(/** @type {Request} */ request) {
    const url = new URL(request.url);
    const [, faults, name, ...rest] = url.pathname.split('/');
    const { emulator, proxy } = pairOf(faults, name);
    if (rest[0] === 'state') return Response.json(emulator.state());
    return proxy.fetch(new Request(new URL(`/${rest.join('/')}`, url), request));
  };
}

/**
 * The address of one proxy.
 * @param {string} root
 * @param {unknown} faults
 * @param {string} name
 */
export const addressOf = (root, faults, name) => `${root}/${encodeURIComponent(JSON.stringify(faults))}/${name}/`;
