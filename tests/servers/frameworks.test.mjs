// The signing proxy in the frameworks of Node: bodies, callers that go away, and the addresses of clients.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { describe, test } from 'node:test';
import { serve as serveHono } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { sampleCredentials } from 'cts-tracker/emulator';
import { toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import Koa from 'koa';

const PREFIX = '/api/cts';
/** Not a path of the proxy, so the proxy must not get it. */
const OTHER = '/other';

/** A framework that does not remove a prefix itself. */
const withoutPrefix = (request) => {
  request.url = request.url.slice(PREFIX.length);
};

/** Each returns a server that has the proxy at `PREFIX`, and a page of its own at `OTHER`. */
const FRAMEWORKS = {
  'node:http': (proxy) => {
    const handler = toNodeHandler(proxy);
    return createServer((request, response) => {
      if (!request.url.startsWith(`${PREFIX}/`)) return response.end('other');
      withoutPrefix(request);
      return handler(request, response);
    });
  },

  'Express 5': (proxy) => {
    const app = express();
    app.use(PREFIX, toNodeHandler(proxy));
    app.use(express.json());
    app.all(OTHER, (_request, response) => response.send('other'));
    return createServer(app);
  },

  Fastify: async (proxy) => {
    const handler = toNodeHandler(proxy);
    const app = fastify();
    app.addHook('onRequest', async ({ raw }, reply) => {
      if (!raw.url.startsWith(`${PREFIX}/`)) return;
      reply.hijack();
      withoutPrefix(raw);
      handler(raw, reply.raw);
    });
    app.all(OTHER, async () => 'other');
    await app.ready();
    return app.server;
  },

  Koa: (proxy) => {
    const handler = toNodeHandler(proxy);
    const app = new Koa();
    app.use((context, next) => {
      if (!context.path.startsWith(`${PREFIX}/`)) return next();
      context.respond = false;
      withoutPrefix(context.req);
      handler(context.req, context.res);
      return undefined;
    });
    app.use((context) => {
      context.body = 'other';
    });
    return createServer(app.callback());
  },

  'Hono with toNodeHandler': (proxy) => {
    const handler = toNodeHandler(proxy);
    const app = new Hono();
    app.all(`${PREFIX}/*`, (context) => {
      const { incoming, outgoing } = context.env;
      withoutPrefix(incoming);
      handler(incoming, outgoing);
      return RESPONSE_ALREADY_SENT;
    });
    app.all(OTHER, (context) => context.text('other'));
    return serveHono({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  },

  'Hono with fetch': (proxy) => {
    const app = new Hono();
    app.mount(PREFIX, proxy.fetch, { optionHandler: (context) => [context.env] });
    app.all(OTHER, (context) => context.text('other'));
    return serveHono({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  },
};

/** Calls `body` with the port of a server that has a proxy with these options, and what reached the service. */
async function served(makeServer, options, body) {
  const sent = [];
  const proxy = createSigningProxy({
    endpoint: 'http://127.0.0.1:9',
    credentials: sampleCredentials,
    fetch: async (url, { body, signal }) => {
      sent.push({ url, body: JSON.parse(new TextDecoder().decode(body)), signal });
      return Response.json({ tracker_name: 'system', tracker_type: 'system' }, { status: 201 });
    },
    ...options,
  });
  const server = await makeServer(proxy);
  if (!server.listening) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  try {
    await body(server.address().port, sent);
  } finally {
    server.closeAllConnections();
    await new Promise((done) => {
      server.close(done);
    });
  }
}

/** Sends a request from one of the addresses of this machine. */
function send(port, path, { from = '127.0.0.1', body = '{"tracker_type":"system"}', method = 'POST', headers } = {}) {
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    method,
    localAddress: from,
    agent: false,
    headers: {
      host: `localhost:${port}`,
      'content-type': 'application/json',
      'x-requested-with': 'cts-tracker',
      ...headers,
    },
  });
  const answer = new Promise((done, fail) => {
    request.on('error', fail);
    request.on('response', async (response) => {
      let text = '';
      for await (const part of response) text += part;
      done({ status: response.statusCode, text, code: /"code":"(\w+)"/.exec(text)?.[1] });
    });
  });
  request.end(body);
  return { request, answer };
}

for (const [name, makeServer] of Object.entries(FRAMEWORKS)) {
  describe(name, () => {
    test('bodies arrive, and the pages of the framework stay', () =>
      served(makeServer, {}, async (port, sent) => {
        const comment = 'x'.repeat(30_000);
        const body = JSON.stringify({ tracker_type: 'system', comment });
        const { status } = await send(port, `${PREFIX}/v3/ok/tracker`, { body }).answer;
        assert.equal(status, 201);
        assert.deepEqual(
          sent.map(({ url, body }) => [url, body.tracker_type]),
          [['http://127.0.0.1:9/v3/ok/tracker', 'system']],
        );
        assert.equal((await send(port, OTHER).answer).text, 'other');
        assert.equal((await send(port, `${PREFIX}/v3/ok/tracker`, { body: '{' }).answer).code, 'invalid_json');
        const long = JSON.stringify({ comment: 'x'.repeat(100_000) });
        assert.equal((await send(port, `${PREFIX}/v3/ok/tracker`, { body: long }).answer).status, 413);
        assert.equal((await send(port, `${PREFIX}/v3/ok`).answer).status, 404);
        assert.equal(sent.length, 1);
      }));

    test('a caller that goes away aborts its request to the service', async () => {
      let started;
      let aborted;
      const begin = new Promise((done) => {
        started = done;
      });
      const end = new Promise((done) => {
        aborted = done;
      });
      const fetch = (_url, { signal }) => {
        signal.addEventListener('abort', aborted);
        started();
        return new Promise(() => {});
      };
      await served(makeServer, { fetch }, async (port) => {
        const { request, answer } = send(port, `${PREFIX}/v3/ok/tracker`);
        answer.catch(() => {});
        await begin;
        request.destroy();
        await end;
      });
    });

    test('each client has its own rate', () =>
      served(makeServer, { ratePerClient: 1 }, async (port) => {
        const from = (address) => send(port, `${PREFIX}/v3/ok/tracker`, { from: address }).answer;
        const statuses = [];
        for (const address of ['127.0.0.1', '127.0.0.1', '127.0.0.2']) statuses.push((await from(address)).status);
        assert.deepEqual(statuses, [201, 429, 201]);
      }));
  });
}

describe('mistakes', () => {
  test('proxy.fetch as the middleware of Express fails at once, and names toNodeHandler', () =>
    served(
      (proxy) => {
        const app = express();
        app.use(PREFIX, proxy.fetch);
        app.use((error, _request, response, _next) => response.status(500).send(error.message));
        return createServer(app);
      },
      {},
      async (port) => {
        const { status, text } = await send(port, `${PREFIX}/v3/ok/tracker`).answer;
        assert.equal(status, 500);
        assert.match(text, /toNodeHandler\(proxy\) from 'cts-tracker\/node'/);
      },
    ));

  test('a body that a parser has read is refused, and the answer says so', () =>
    served(
      (proxy) => {
        const app = express();
        app.use(express.json());
        app.use(PREFIX, toNodeHandler(proxy));
        return createServer(app);
      },
      {},
      async (port) => {
        const { status, text, code } = await send(port, `${PREFIX}/v3/ok/tracker`).answer;
        assert.deepEqual([status, code], [400, 'body_unreadable']);
        assert.match(text, /has already been read.*before body parsers/);
      },
    ));
});
