// The signing proxy before the emulator as one Web-standard handler, for whatever runtime serves it. Each address
// `/{faults as JSON}/{name}-{n}/` below it has an emulator of its own, to which the first n connections are refused;
// `state` there tells what that one has seen.

/** @param {{ createSigningProxy: Function, createEmulator: Function, sampleCredentials: object }} made */
export function createStand({ createSigningProxy, createEmulator, sampleCredentials }) {
  const stands = new Map();
  const standOf = (faults, name) => {
    const key = `${faults}/${name}`;
    let stand = stands.get(key);
    if (!stand) {
      const emulator = createEmulator({ faults: JSON.parse(decodeURIComponent(faults)) });
      let refusals = Number(name.split('-')[1]);
      const proxy = createSigningProxy({
        endpoint: 'http://127.0.0.1:9',
        credentials: sampleCredentials,
        allowedHosts: ['127.0.0.1:*', 'stand.test'],
        async fetch(url, init) {
          refusals -= 1;
          const cause = { code: 'ECONNREFUSED', syscall: 'connect' };
          if (refusals >= 0) throw Object.assign(new TypeError(), { cause });
          return emulator.fetch(url, init);
        },
      });
      stands.set(key, (stand = { emulator, proxy }));
    }
    return stand;
  };

  return async function fetch(request) {
    const url = new URL(request.url);
    const [, faults, name, ...rest] = url.pathname.split('/');
    const { emulator, proxy } = standOf(faults, name);
    if (rest[0] === 'state') return Response.json(emulator.state());
    return proxy.fetch(new Request(new URL(`/${rest.join('/')}`, url), request));
  };
}

/** The address of one: see above. */
export const addressOf = (root, faults, name) => `${root}/${encodeURIComponent(JSON.stringify(faults))}/${name}/`;
