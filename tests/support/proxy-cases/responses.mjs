// Cases of the signing proxy: the service's responses, and connections that fail.
import { CREATE, deferred, equal, ok, post, read, SYSTEM, tick } from './support.mjs';

export const responsesCases = ({ harness, answering }) => [
  [
    'does not follow redirects',
    async () => {
      for (const status of [301, 302, 303, 307, 308]) {
        const { ask, calls } = harness({}, answering(status, '', { location: 'https://evil.example/' }));
        const answer = await ask(CREATE, SYSTEM);
        equal([answer.status, answer.code, answer.sent], [502, 'upstream_redirect', 'yes']);
        equal(calls.length, 1);
        ok(!answer.text.includes('evil') && !('location' in answer.headers));
      }
    },
  ],

  [
    'passes on responses without their other headers',
    async () => {
      for (const status of [200, 201, 204, 400, 403, 404, 429, 500, 502, 503, 504]) {
        const body = status === 204 ? null : '{"error_code":"CTS.0203","error_msg":"no"}';
        const { ask } = harness(
          {},
          answering(status, body, {
            'content-type': 'application/json;charset=utf-8',
            'x-request-id': 'abc',
            'retry-after': '7',
            'set-cookie': 'a=b',
            server: 'x',
            'access-control-allow-origin': '*',
          }),
        );
        const answer = await ask(CREATE, SYSTEM);
        equal(
          [answer.status, answer.text, answer.headers['x-request-id'], answer.headers['retry-after']],
          [status, body ?? '', 'abc', '7'],
        );
        for (const name of ['set-cookie', 'server', 'access-control-allow-origin']) ok(!(name in answer.headers), name);
      }
      const html = await harness({}, answering(502, '<script>alert(1)</script>', { 'content-type': 'text/html' })).ask(
        CREATE,
        SYSTEM,
      );
      equal(
        [html.status, html.headers['content-type'], html.headers['x-content-type-options']],
        [502, 'text/plain; charset=utf-8', 'nosniff'],
      );
      const forged = await harness(
        {},
        answering(502, '{"sent":"no","code":"x"}', { 'content-type': 'application/problem+json' }),
      ).ask(CREATE, SYSTEM);
      equal(forged.headers['content-type'], 'application/json');
      const bytes = new Uint8Array([0xff, 0x00, 0x41]);
      equal(
        [
          ...new Uint8Array(
            await (
              await harness({}, async () => new Response(bytes, { status: 500 })).proxy.fetch(post(CREATE, SYSTEM))
            ).arrayBuffer(),
          ),
        ],
        [255, 0, 65],
      );
    },
  ],

  [
    'reports a service that is unreachable, slow, breaks off or sends too much',
    async () => {
      const failing = (error) =>
        harness({}, async () => {
          throw error;
        });
      const refused = Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect' }),
      });
      // The error of Deno.
      const cause = new Error('client error (Connect): tcp connect error');
      const unconnected = Object.assign(new TypeError('fetch failed'), { cause });
      for (const error of [refused, unconnected]) {
        const { status, code, sent } = await failing(error).ask(CREATE, SYSTEM);
        equal([status, code, sent], [502, 'upstream_unreachable', 'no']);
      }
      // A lost route can also break an open connection.
      const gone = Object.assign(new TypeError('fetch failed'), { cause: { code: 'EHOSTUNREACH', syscall: 'read' } });
      for (const error of [
        new TypeError('fetch failed'),
        new Error('x'),
        'text',
        null,
        undefined,
        gone,
        Object.assign(new TypeError(), { cause: { code: 'ECONNRESET' } }),
      ]) {
        const answer = await failing(error).ask(CREATE, SYSTEM);
        equal([answer.status, answer.code, answer.sent], [502, 'upstream_unreachable', 'unknown']);
      }
      const hang = harness(
        { upstreamTimeoutMs: 40 },
        (_, { signal }) =>
          new Promise((_done, fail) => {
            signal.addEventListener('abort', () => fail(signal.reason));
          }),
      );
      const late = await hang.ask(CREATE, SYSTEM);
      equal([late.status, late.code, late.sent], [504, 'upstream_timeout', 'unknown']);
      const stalled = harness(
        { upstreamTimeoutMs: 40 },
        async (_, { signal }) =>
          new Response(
            new ReadableStream({
              start(controller) {
                signal.addEventListener('abort', () => controller.error(signal.reason));
              },
            }),
          ),
      );
      equal((await stalled.ask(CREATE, SYSTEM)).code, 'upstream_timeout');
      const deaf = await harness({ upstreamTimeoutMs: 40 }, () => new Promise(() => {})).ask(CREATE, SYSTEM);
      equal([deaf.status, deaf.code, deaf.sent], [504, 'upstream_timeout', 'unknown']);
      const deafBody = await harness({ upstreamTimeoutMs: 40 }, async () => new Response(new ReadableStream())).ask(
        CREATE,
        SYSTEM,
      );
      equal([deafBody.status, deafBody.code, deafBody.sent], [504, 'upstream_timeout', 'yes']);
      const broken = harness(
        {},
        async () =>
          new Response(
            new ReadableStream({
              start(controller) {
                controller.enqueue(new Uint8Array(3));
              },
              pull(controller) {
                controller.error(new Error('gone'));
              },
            }),
            { status: 201 },
          ),
      );
      const half = await broken.ask(CREATE, SYSTEM);
      equal([half.status, half.code, half.sent], [502, 'upstream_answer', 'yes']);
      const big = await harness({}, answering(200, 'x'.repeat((1 << 20) + 1))).ask(CREATE, SYSTEM);
      equal([big.status, big.code, big.sent], [502, 'upstream_answer', 'yes']);
      equal((await harness({}, answering(200, 'x'.repeat(1 << 20))).ask(CREATE, SYSTEM)).text.length, 1 << 20);
    },
  ],

  [
    'aborts the upstream request when the caller disconnects',
    async () => {
      const aborted = deferred();
      const { proxy } = harness(
        {},
        (_, { signal }) =>
          new Promise((_done, fail) => {
            signal.addEventListener('abort', () => {
              aborted.resolve();
              fail(signal.reason);
            });
          }),
      );
      const controller = new AbortController();
      const answer = proxy.fetch(post(CREATE, SYSTEM, { signal: controller.signal }));
      await tick(5);
      controller.abort('for no reason');
      await aborted.promise;
      equal((await read(await answer)).sent, 'unknown');
    },
  ],
];
