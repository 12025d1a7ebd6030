// Pages of other origins in a browser, against a running proxy: none of their requests reaches the service, and they can
// read nothing. A page of an allowed origin works.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createEmulator, sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import { toNodeHandler as serveFetch } from 'srvx/node';
import { launchChromium } from '../support/chromium.mjs';
import { serveFolder } from '../support/pages.mjs';
import { listen } from '../support/sockets.mjs';

const PROJECT = '2306579dc99f4c8690b14b68e734fcd9';
const DOMAIN = '24edf66e79d04187acb99a463e610764';
const SYSTEM = JSON.stringify({ tracker_type: 'system', tracker_name: 'system' });
// Host names that the browser resolves to this machine: another site, and a DNS-rebound name.
const [EVIL, REBOUND] = ['evil.test', 'rebound.test'];

const page = (title) =>
  new Response(`<!doctype html><title>${title}</title>`, { headers: { 'content-type': 'text/html' } });

let upstream;
let emulator;
let served;
let evil;
let pages;
let browser;
/** Requests at the proxy since the last call: method, path and the code of the refusal. */
let arrived = [];

before(
  async () => {
    emulator = createEmulator();
    upstream = await listen(toNodeHandler(emulator));
    // The allowed page, and the files of the package for it.
    pages = await serveFolder(new URL('../../pkg', import.meta.url).pathname, { csp: null });
    pages.pages.set('/allowed.html', '<!doctype html><title>allowed</title>');
    const proxy = createSigningProxy({
      endpoint: upstream.url,
      credentials: sampleCredentials,
      allowedOrigins: [pages.url],
      metrics: true,
    });
    served = await listen(
      serveFetch(async (request) => {
        // A page that was loaded before the name was rebound, with the same name and port.
        if (request.url.endsWith('/attacker.html')) return page('evil');
        const response = await proxy.fetch(request);
        const refused = response.headers.get('content-type') === 'application/problem+json';
        const code = refused ? (await response.clone().json()).code : '';
        arrived.push({ method: request.method, path: new URL(request.url).pathname, status: response.status, code });
        return response;
      }),
    );
    // The other site: an empty page, and a redirect to the proxy.
    evil = await listen(
      serveFetch((request) => {
        const [, to] = request.url.split('/to?');
        return to ? new Response(null, { status: 307, headers: { location: decodeURIComponent(to) } }) : page('evil');
      }),
    );
    browser = await launchChromium('--host-resolver-rules=MAP *.test 127.0.0.1');
  },
  { timeout: 60_000 },
);

after(async () => {
  await browser?.close();
  for (const server of [served, upstream, evil, pages]) await server?.close();
});

/** The attempts of a page. Each returns the text it could read, or `undefined`; `code` is the refusal of the proxy. */
const TRICKS = {
  'a simple POST of text': {
    code: 'origin_not_allowed',
    run: ({ create, body }) =>
      fetch(create, { method: 'POST', headers: { 'content-type': 'text/plain' }, body }).then((r) => r.text()),
  },
  'JSON with a preflight': {
    code: 'origin_not_allowed',
    run: ({ create, body, headers }) => fetch(create, { method: 'POST', headers, body }).then((r) => r.text()),
  },
  'JSON with a preflight and cookies': {
    code: 'origin_not_allowed',
    run: ({ create, body, headers }) =>
      fetch(create, { method: 'POST', headers, body, credentials: 'include' }).then((r) => r.text()),
  },
  'a POST without CORS': {
    code: 'origin_not_allowed',
    run: ({ create, body, headers }) =>
      fetch(create, { method: 'POST', mode: 'no-cors', headers, body })
        .then((r) => r.text())
        .then((text) => text || undefined),
  },
  'a redirected POST': {
    code: 'origin_not_allowed',
    run: ({ create, body }) =>
      fetch(`/to?${encodeURIComponent(create)}`, { method: 'POST', body }).then((r) => r.text()),
  },
  'redirected JSON': {
    code: 'origin_not_allowed',
    run: ({ create, body, headers }) =>
      fetch(`/to?${encodeURIComponent(create)}`, { method: 'POST', headers, body }).then((r) => r.text()),
  },
  'the metrics, read': {
    code: '',
    run: ({ origin }) => fetch(`${origin}/-/metrics`).then((r) => r.text()),
  },
  'the metrics, without CORS': {
    code: '',
    run: ({ origin }) =>
      fetch(`${origin}/-/metrics`, { mode: 'no-cors' })
        .then((r) => r.text())
        .then((text) => text || undefined),
  },
  'an XMLHttpRequest': {
    code: 'origin_not_allowed',
    run: ({ create, body, headers }) =>
      new Promise((done) => {
        const request = new XMLHttpRequest();
        request.open('POST', create);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.onloadend = () => done(request.responseText || undefined);
        request.send(body);
      }),
  },
  'a form, urlencoded': { code: 'origin_not_allowed', run: form, type: 'application/x-www-form-urlencoded' },
  'a form whose text is JSON': { code: 'origin_not_allowed', run: form, type: 'text/plain' },
  'a form, multipart': { code: 'origin_not_allowed', run: form, type: 'multipart/form-data' },
  'an image': {
    code: 'method_not_allowed',
    run: ({ create }) =>
      new Promise((done) => {
        const image = new Image();
        image.onload = () => done('an image');
        image.onerror = () => done(undefined);
        image.src = create;
      }),
  },
  'a script': { code: 'method_not_allowed', run: element, tag: 'script', attribute: 'src' },
  'a module': { code: 'method_not_allowed', run: element, tag: 'script', attribute: 'src', more: { type: 'module' } },
  'a style sheet': {
    code: 'method_not_allowed',
    run: element,
    tag: 'link',
    attribute: 'href',
    more: { rel: 'stylesheet' },
  },
  'a beacon of text': {
    code: 'origin_not_allowed',
    run: ({ create, body }) => {
      navigator.sendBeacon(create, body);
    },
  },
  'a beacon of JSON': {
    code: 'origin_not_allowed',
    run: ({ create, body }) => {
      navigator.sendBeacon(create, new Blob([body], { type: 'application/json' }));
    },
  },
  'a WebSocket': {
    code: 'method_not_allowed',
    run: ({ create }) =>
      new Promise((done) => {
        const socket = new WebSocket(create.replace('http:', 'ws:'));
        socket.onopen = () => done('opened');
        socket.onerror = () => done(undefined);
      }),
  },
  'an EventSource': {
    code: 'method_not_allowed',
    run: ({ create }) =>
      new Promise((done) => {
        const source = new EventSource(create);
        source.onopen = () => done('opened');
        source.onerror = () => {
          source.close();
          done(undefined);
        };
      }),
  },
  'a frame': {
    code: '',
    run: ({ origin }) =>
      new Promise((done) => {
        const frame = document.createElement('iframe');
        frame.onload = () => {
          try {
            done(frame.contentDocument?.body.textContent || undefined);
          } catch {
            done(undefined);
          }
        };
        frame.src = `${origin}/-/metrics`;
        document.body.append(frame);
      }),
  },
};

/** Runs in the page: submits a form into a frame and reads its text. */
function form({ create, body, type }) {
  return new Promise((done) => {
    const frame = document.createElement('iframe');
    frame.name = 'answer';
    document.body.append(frame);
    const made = document.createElement('form');
    Object.assign(made, { method: 'POST', action: create, enctype: type, target: 'answer' });
    const field = document.createElement('input');
    // With text/plain the body is JSON followed by a line break.
    field.name = `${body.slice(0, -1).replace(/}$/, '')},"x":"`;
    field.value = '"}';
    made.append(field);
    document.body.append(made);
    frame.onload = () => {
      let text;
      try {
        text = frame.contentDocument?.body.textContent || undefined;
      } catch {
        text = undefined;
      }
      // The first event is for the empty frame.
      if (text !== undefined || frame.contentDocument === null) done(text);
    };
    made.submit();
  });
}

/** Runs in the page: an element that loads the response of the proxy. */
function element({ create, tag, attribute, more }) {
  return new Promise((done) => {
    const made = Object.assign(document.createElement(tag), more);
    made.onload = () => done('loaded');
    made.onerror = () => done(undefined);
    made[attribute] = create;
    document.head.append(made);
  });
}

/** Runs an attempt in a page. Returns the text it read and the requests at the proxy. */
async function attempt(tab, { run, code: _, ...more }, origin) {
  arrived = [];
  const given = {
    origin,
    create: `${origin}/v3/${PROJECT}/tracker`,
    body: SYSTEM,
    ...more,
    headers: { 'content-type': 'application/json', 'x-requested-with': 'cts-tracker' },
  };
  const reading = tab.evaluate(`(${run})(${JSON.stringify(given)})`).catch((error) => {
    if (/Failed to fetch|NetworkError/.test(error.message)) return undefined;
    throw error;
  });
  reading.catch(() => {});
  for (let i = 0; i < 1000 && arrived.length === 0; i++) await tab.waitForTimeout(5);
  // For some responses the page gets no event at all.
  const read = await Promise.race([reading, tab.waitForTimeout(500)]);
  return { read, arrived };
}

for (const [kind, originOf] of [
  ['another site', () => `http://${EVIL}:${evil.port}`],
  ['another port of the same machine', () => evil.url],
]) {
  describe(`a page of ${kind}`, () => {
    let tab;
    before(async () => {
      tab = await browser.newPage();
      await tab.goto(originOf());
    });
    after(() => tab?.close());

    for (const [name, trick] of Object.entries(TRICKS)) {
      test(name, async () => {
        const before = emulator.state().requestCount;
        const result = await attempt(tab, trick, served.url);
        assert.equal(result.read, undefined, 'the page reads nothing');
        const codes = new Set(result.arrived.map(({ code }) => code));
        assert.deepEqual([...codes], [trick.code], JSON.stringify(result.arrived));
        assert.equal(emulator.state().requestCount, before, 'nothing reached the service');
      });
    }
  });
}

test('a DNS-rebound page has the origin of the proxy, and is refused for its host', async () => {
  const tab = await browser.newPage();
  const origin = `http://${REBOUND}:${served.port}`;
  try {
    await tab.goto(`${origin}/attacker.html`);
    for (const name of [
      'a simple POST of text',
      'JSON with a preflight',
      'an XMLHttpRequest',
      'the metrics, read',
      'a WebSocket',
      'a form, urlencoded',
    ]) {
      const result = await attempt(tab, TRICKS[name], origin);
      assert.deepEqual([...new Set(result.arrived.map(({ code }) => code))], ['host_not_allowed'], name);
      // The page can read responses of its own origin, but they are only refusals.
      if (result.read) assert.equal(JSON.parse(result.read).code, 'host_not_allowed', name);
    }
    assert.equal(emulator.state().requestCount, 0);
  } finally {
    await tab.close();
  }
});

test('a page of an allowed origin, with the client of the package', async () => {
  const tab = await browser.newPage();
  try {
    assert.equal(emulator.state().requestCount, 0, 'no other page reached the service');
    await tab.goto(`${pages.url}/allowed.html`);
    const options = { baseUrl: `${served.url}/`, projectId: PROJECT, domainId: DOMAIN };
    const bucket = { bucket_name: 'bucket1', bucket_location: 'cn-north-1' };
    const answer = await tab.evaluate(`(async () => {
      const { createCtsClient } = await import('/index.js');
      const client = createCtsClient(${JSON.stringify(options)});
      const { tracker_name: name } = await client.createTracker(${SYSTEM});
      const { buckets } = await client.checkObsBuckets({ buckets: [${JSON.stringify(bucket)}] });
      const conflict = await client.createTracker(${SYSTEM}).catch((error) => error.kind);
      return [name, buckets[0].check_bucket_response.success, conflict];
    })()`);
    assert.deepEqual(answer, ['system', true, 'conflict']);
    assert.deepEqual([emulator.state().requestCount, emulator.state().trackers.length], [3, 1]);
  } finally {
    await tab.close();
  }
});
