// An Express server with the signing proxy under /api/cts.

import { nodeFetch, toNodeHandler } from 'cts-tracker/node';
import { createSigningProxy } from 'cts-tracker/proxy';
import express from 'express';

const { PORT = '3000', CTS_ENDPOINT, HUAWEICLOUD_SDK_AK = '', HUAWEICLOUD_SDK_SK = '' } = process.env;
const proxy = createSigningProxy({
  ...(CTS_ENDPOINT ? { endpoint: CTS_ENDPOINT } : { region: 'eu-west-0' }),
  credentials: { accessKeyId: HUAWEICLOUD_SDK_AK, secretAccessKey: HUAWEICLOUD_SDK_SK },
  // The host names under which browsers reach this server.
  allowedHosts: ['localhost:*', '127.0.0.1:*'],
  fetch: nodeFetch,
});

const app = express();
// Before any body parser: the proxy reads the body itself.
app.use('/api/cts', toNodeHandler(proxy));
app.get('/', (_request, response) => void response.send('The proxy is at /api/cts.'));

const server = app.listen(Number(PORT), () => console.log(`Listening on ${JSON.stringify(server.address())}`));
process.on('SIGTERM', () => server.close());
