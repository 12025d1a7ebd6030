// Cases of the signing proxy: secrets.
import { BASE, BUCKETS, CANARY, CHECK, CREATE, ok, post, START, SYSTEM, tick } from './support.mjs';

export const secretsCases = ({ harness }) => [
  [
    'has no key in any output',
    async () => {
      const { accessKeyId, secretAccessKey, securityToken } = CANARY;
      const out = [];
      const say = async (proxy, request, info) => {
        const response = await proxy.fetch(request, info);
        out.push(JSON.stringify([...response.headers]), await response.text());
      };
      const echo = `${accessKeyId} ${securityToken} ${securityToken.replaceAll('/', '\\/')} ${securityToken.replaceAll('=', '\\u003d')}`;
      const upstreams = [200, 201, 400, 401, 403, 404, 429, 500, 502, 503, 301, 204].map(
        (status) => async (_url, init) =>
          new Response(
            status === 204
              ? null
              : JSON.stringify({
                  error_code: 'APIGW.0301',
                  error_msg: `canonicalRequest:POST|${JSON.stringify(init.headers)}|${echo}`,
                  raw: init.headers,
                }),
            {
              status,
              headers: {
                'x-request-id': accessKeyId,
                'retry-after': securityToken,
                'content-type': 'application/json',
                location: `https://x/${securityToken}`,
              },
            },
          ),
      );
      upstreams.push(
        async (url, init) => {
          throw new Error(`${url} ${JSON.stringify(init.headers)}`);
        },
        async (_url, init) => {
          throw Object.assign(new TypeError('x'), {
            code: secretAccessKey,
            cause: { code: accessKeyId, message: JSON.stringify(init.headers) },
          });
        },
        async () => {
          throw CANARY;
        },
        async () => 'no response',
        async (_url, init) =>
          new Response(
            new ReadableStream({
              start(controller) {
                controller.error(new Error(JSON.stringify(init)));
              },
            }),
          ),
      );
      const holders = [
        () => CANARY,
        () => async () => CANARY,
        () => async () => ({ ...CANARY, expiresAt: START + 400_000 }),
        () => async () => {
          throw CANARY;
        },
        () => async () => ({ ...CANARY, secretAccessKey: `${secretAccessKey} ` }),
      ];
      for (const holder of holders) {
        for (const upstream of upstreams) {
          const { proxy, events } = harness(
            {
              credentials: holder(),
              ratePerClient: 100,
              authorize: () => true,
              metrics: true,
              emulated: [CANARY],
            },
            upstream,
          );
          for (const request of [
            post(CREATE, SYSTEM),
            post(CREATE, '{'),
            post(CREATE, '{}'),
            post('/x', SYSTEM),
            post(CHECK, BUCKETS),
            new Request(`${BASE}/-/readyz`),
            new Request(`${BASE}/-/metrics`),
          ]) {
            await say(proxy, request, { remoteAddress: '10.0.0.1' });
          }
          await tick();
          out.push(
            JSON.stringify(events),
            JSON.stringify(proxy),
            String(proxy),
            String(proxy.fetch),
            Object.getOwnPropertyNames(proxy).join(),
          );
        }
      }
      const found = out.find((text) => text.includes('CANARY') || text.includes('1f0e3dad99908345'));
      ok(found === undefined, `a key is in: ${found}`);
      ok(out.length > 1000);
    },
  ],
];
