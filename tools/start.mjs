// npm start: builds, then serves the console over the proxy and the emulator, or over the real service.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { Failure, installNpm, main, onSignal, say } from './common.mjs';

const HELP = `Builds cts-tracker and serves its console.

  npm start                              against the emulator; no account is needed
  npm start -- --region eu-west-0        against the real service, signed with the keys in the environment

Environment
  PORT                                   where the console listens (8787)
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK the keys (or CLOUD_SDK_AK, CLOUD_SDK_SK)
  HUAWEICLOUD_SDK_SECURITY_TOKEN         for temporary keys
  HUAWEICLOUD_SDK_PROJECT_ID             the only project the proxy signs for, filled into the form
  HUAWEICLOUD_SDK_DOMAIN_ID              the same for the account (domain)
`;

// What the form shows at first with the emulator, which takes any id; its buckets are in this region.
const SAMPLE = {
  region: 'cn-north-1',
  projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01',
  domainId: '9b1a2c3d4e5f60718293a4b5c6d7e8f9',
};

function options() {
  let values;
  try {
    ({ values } = parseArgs({ options: { region: { type: 'string' }, help: { type: 'boolean', short: 'h' } } }));
  } catch (error) {
    throw new Failure(`${error.message}\n\n${HELP}`);
  }
  const port = Number(process.env.PORT || 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Failure(`PORT is not a port number: ${process.env.PORT}`);
  return { ...values, port };
}

/** The keys for the real service, or the names of what is missing. */
function credentials(env) {
  const pick = (...names) => names.map((name) => env[name]).find(Boolean);
  const accessKeyId = pick('HUAWEICLOUD_SDK_AK', 'CLOUD_SDK_AK');
  const secretAccessKey = pick('HUAWEICLOUD_SDK_SK', 'CLOUD_SDK_SK');
  const missing = [
    !accessKeyId && 'HUAWEICLOUD_SDK_AK (or CLOUD_SDK_AK)',
    !secretAccessKey && 'HUAWEICLOUD_SDK_SK (or CLOUD_SDK_SK)',
  ].filter(Boolean);
  if (missing.length) {
    throw new Failure(
      `the real service needs keys, and the environment has no ${missing.join(' and no ')}.\n` +
        'Set them, or run npm start without --region to use the emulator.',
    );
  }
  const securityToken = pick('HUAWEICLOUD_SDK_SECURITY_TOKEN');
  return { accessKeyId, secretAccessKey, ...(securityToken && { securityToken }) };
}

await main(async () => {
  const { region, port: wanted, help } = options();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const keys = region === undefined ? undefined : credentials(process.env);
  const { HUAWEICLOUD_SDK_PROJECT_ID: projectId, HUAWEICLOUD_SDK_DOMAIN_ID: domainId } = process.env;

  let stop;
  const stopped = new Promise((done) => {
    stop = done;
  });
  let ready = false;
  onSignal(() => ready && (stop(), true));

  await installNpm();
  const { consoleServer, listen, serve } = await import('./serve.mjs');
  // Better to hear of a port in use now than after the build.
  (await listen(createServer(), wanted)).server.close();
  const { buildPackage } = await import('./build.mjs');
  await buildPackage();
  const { buildWww } = await import('./www.mjs');
  const files = await buildWww();
  await (await import('esbuild')).stop();
  const { createSigningProxy } = await import('cts-tracker/proxy');

  const servers = [];
  let upstream;
  if (keys) {
    upstream = {
      region,
      credentials: keys,
      ...(projectId && { projects: [projectId] }),
      ...(domainId && { domains: [domainId] }),
    };
  } else {
    const { createEmulator, sampleCredentials } = await import('cts-tracker/emulator');
    const emulator = createEmulator({});
    const { server, port } = await serve((request) => emulator.fetch(request), 0);
    servers.push(server);
    upstream = { endpoint: `http://127.0.0.1:${port}`, credentials: sampleCredentials };
  }

  let hosts = [];
  const config = keys ? { mode: 'service', region, projectId, domainId } : { mode: 'emulator', ...SAMPLE };
  let api;
  const page = await listen(
    consoleServer({
      files,
      config,
      hosts: () => hosts,
      api: { fetch: (request) => api.fetch(request) },
    }),
    wanted,
  );
  servers.push(page.server);
  hosts = [`127.0.0.1:${page.port}`, `localhost:${page.port}`];
  try {
    api = createSigningProxy({
      ...upstream,
      allowedHosts: hosts,
      allowedOrigins: hosts.map((host) => `http://${host}`),
    });
  } catch (error) {
    for (const server of servers) server.close();
    throw new Failure(`the proxy could not be started: ${error.message}`);
  }
  ready = true;

  if (keys) {
    say(`Requests go to the REAL service in ${region}, signed with the keys in the environment`);
    say('What is created there is real, and may cost money');
  } else {
    say(`Requests go to the emulator at ${upstream.endpoint}; nothing leaves this machine`);
    if (process.env.HUAWEICLOUD_SDK_AK || process.env.CLOUD_SDK_AK)
      say('The keys in the environment are not used: that takes --region');
  }
  process.stdout.write(`cts-tracker console: http://127.0.0.1:${page.port}/\n`);

  await stopped;
  say('Stopping');
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  // A request under way to the service would hold the process for its time-out.
  setTimeout(() => process.exit(0), 1000).unref();
});
