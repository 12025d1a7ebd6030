// A Hono server with the signing proxy under /api/cts.
import { serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { nodeFetch } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import { Hono } from 'hono';

const { PORT = '3000', CTS_ENDPOINT, HUAWEICLOUD_SDK_AK = '', HUAWEICLOUD_SDK_SK = '' } = process.env;
const proxy = createSigningProxy({
  ...(CTS_ENDPOINT ? { endpoint: CTS_ENDPOINT } : { region: 'eu-west-0' }),
  credentials: { accessKeyId: HUAWEICLOUD_SDK_AK, secretAccessKey: HUAWEICLOUD_SDK_SK },
  // The host names under which browsers reach this server.
  allowedHosts: ['localhost:*', '127.0.0.1:*'],
  fetch: nodeFetch,
});

const app = new Hono();
app.mount('/api/cts', (request, info) => proxy.fetch(request, info), {
  // The second argument has the address of the client, for the limits per client.
  optionHandler: (context) => ({ remoteAddress: getConnInfo(context).remote.address }),
});
app.get('/', (context) => context.text('The proxy is at /api/cts.'));

const server = serve({ fetch: app.fetch, port: Number(PORT) }, (info) => {
  console.log(`Listening on ${JSON.stringify(info)}`);
});
process.on('SIGTERM', () => server.close());
