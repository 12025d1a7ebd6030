// Requests and checks that the cases of the signing proxy share. They use only the interfaces of the platform.
export const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
export const DOMAIN = '24edf66e79d04187acb99a463e610764';
export const BASE = 'http://localhost:8787';
export const CREATE = `/v3/${PROJECT}/tracker`;
export const CHECK = `/v3/${DOMAIN}/checkbucket`;
export const SYSTEM = JSON.stringify({ tracker_type: 'system', tracker_name: 'system' });
export const BUCKETS = JSON.stringify({ buckets: [{ bucket_name: 'bucket1', bucket_location: 'cn-north-1' }] });
export const UPSTREAM = 'http://127.0.0.1:9';
export const GOOD = { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' };
/** The URLs of the two requests, at the proxy and at the upstream. */
export const ROUTE = /^http:\/\/localhost:8787\/v3\/[A-Za-z0-9_-]{1,64}\/(tracker|checkbucket)$/;
export const UPSTREAM_ROUTE = /^http:\/\/127\.0\.0\.1:9\/v3\/[A-Za-z0-9_-]{1,64}\/(tracker|checkbucket)$/;
export const START = Date.UTC(2026, 10, 22, 12, 0, 0);
// The tests search for these in every output.
export const CANARY = {
  accessKeyId: 'CANARYIDx1f0e3dad99908345',
  secretAccessKey: 'CANARYSECRETx1f0e3dad99908345',
  securityToken: 'CANARY/TOKEN+x1f0e3dad99908345==',
};

export function ok(value, message = 'assertion failed') {
  if (!value) throw new Error(message);
}

export function equal(actual, expected, message = '') {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${message}: ${a} is not ${e}`);
}

export const tick = (milliseconds = 0) =>
  new Promise((done) => {
    setTimeout(done, milliseconds);
  });

export function deferred() {
  let resolve;
  let reject;
  const promise = new Promise((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
}

export const post = (path, body, { headers, ...init } = {}) =>
  new Request(BASE + path, { method: 'POST', headers: { ...GOOD, ...headers }, body, ...init });

/** A request whose URL is not normalized, as some servers pass it. A Request would resolve the dots. */
export const bare = (url, { method = 'POST', headers, body = SYSTEM } = {}) => ({
  method,
  url,
  headers: new Headers({ ...GOOD, ...headers }),
  body: new Response(body).body,
  bodyUsed: false,
});

export async function read(response) {
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text,
    json,
    code: json?.code,
    sent: json?.sent,
  };
}

/**
 * A proxy in front of an emulator, for the cases.
 * @param { createSigningProxy: Function, createEmulator: Function, sampleCredentials: object } made
 */
export function createTools({ createSigningProxy, createEmulator, sampleCredentials }) {
  /** A proxy in front of an emulator or another upstream, with its calls and events. */
  function harness(options = {}, upstream = undefined) {
    const clock = { now: START };
    const now = () => clock.now;
    const emulator = createEmulator({ now, credentials: options.emulated });
    const calls = [];
    const events = [];
    let active = 0;
    let maxActive = 0;
    const { emulated, ...rest } = options;
    const proxy = createSigningProxy({
      endpoint: UPSTREAM,
      credentials: sampleCredentials,
      now,
      onEvent: (event) => events.push(event),
      fetch: async (url, init) => {
        calls.push({ url, init, body: new TextDecoder().decode(init.body) });
        active += 1;
        maxActive = Math.max(maxActive, active);
        try {
          return await (upstream ?? emulator.fetch)(url, init);
        } finally {
          active -= 1;
        }
      },
      ...rest,
    });
    const ask = async (path, body, init) => read(await proxy.fetch(post(path, body, init)));
    return { proxy, emulator, calls, events, clock, ask, maxActive: () => maxActive };
  }

  const answering =
    (status, body = '{}', headers = {}) =>
    async () =>
      new Response(body, { status, headers });

  return { harness, answering, createSigningProxy, createEmulator, sampleCredentials };
}
