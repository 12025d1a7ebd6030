// npm start: builds, then serves the console with the proxy in front of the emulator or of the real service.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { at, Failure, installNpm, main, onSignal, say } from './common.mjs';
import { SAMPLE } from './sample.mjs';

const HELP = `Builds cts-tracker and serves its console.

  npm start                              with the emulator; needs no account
  npm start -- --region eu-west-0        with the real service, signed with the keys in the environment
  npm start -- --skip-build              without a build: with the package that is in pkg/

Environment
  PORT                                   the port of the console (8787)
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK the keys (or CLOUD_SDK_AK, CLOUD_SDK_SK)
  HUAWEICLOUD_SDK_SECURITY_TOKEN         the token of temporary keys
  HUAWEICLOUD_SDK_PROJECT_ID             the only project the proxy signs for; prefilled in the form
  HUAWEICLOUD_SDK_DOMAIN_ID              the same for the account (domain)
`;

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));

function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: { region: { type: 'string' }, 'skip-build': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    }));
  } catch (error) {
    throw new Failure(`${messageOf(error)}\n\n${HELP}`);
  }
  const port = Number(process.env.PORT || 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Failure(`PORT is not a port number: ${process.env.PORT}`);
  return { ...values, port };
}

/**
 * The keys for the real service. Throws with the names of the variables that are missing.
 * @param {NodeJS.ProcessEnv} env
 */
function credentials(env) {
  const accessKeyId = env.HUAWEICLOUD_SDK_AK || env.CLOUD_SDK_AK;
  const secretAccessKey = env.HUAWEICLOUD_SDK_SK || env.CLOUD_SDK_SK;
  if (accessKeyId && secretAccessKey) {
    const securityToken = env.HUAWEICLOUD_SDK_SECURITY_TOKEN;
    return { accessKeyId, secretAccessKey, ...(securityToken && { securityToken }) };
  }
  const missing = [
    ...(accessKeyId ? [] : ['HUAWEICLOUD_SDK_AK (or CLOUD_SDK_AK)']),
    ...(secretAccessKey ? [] : ['HUAWEICLOUD_SDK_SK (or CLOUD_SDK_SK)']),
  ];
  throw new Failure(
    `the real service needs keys, and the environment has no ${missing.join(' and no ')}.\n` +
      'Set them, or run npm start without --region to use the emulator.',
  );
}

/**
 * The proxy's options for the real service.
 * @param {string} region
 * @param {NodeJS.ProcessEnv} env
 */
function realService(region, env) {
  const { HUAWEICLOUD_SDK_PROJECT_ID: projectId, HUAWEICLOUD_SDK_DOMAIN_ID: domainId } = env;
  return {
    upstream: {
      region,
      credentials: credentials(env),
      ...(projectId && { projects: [projectId] }),
      ...(domainId && { domains: [domainId] }),
      // Only reads: what became of a creation whose outcome is unknown, and the list of trackers.
      allowLookup: true,
    },
    config: { mode: 'service', region, projectId, domainId },
    notes: [
      `Requests go to the REAL service in ${region}, signed with the keys in the environment`,
      'Trackers created there are real and may cost money',
    ],
    server: undefined,
    control: undefined,
  };
}

/**
 * Starts the emulator, and returns the proxy's options for it.
 * @param {NodeJS.ProcessEnv} env
 */
async function emulator(env) {
  const { sampleCredentials } = await import('cts-tracker/emulator');
  const { controlledEmulator } = await import('./emulator-route.mjs');
  const { listen } = await import('./serve.mjs');
  const { listener, answer } = await controlledEmulator();
  // The emulator refuses headers that are too large itself, as the service does.
  const { server, port } = await listen(createServer({ maxHeaderSize: 262144 }, listener), 0);
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    upstream: { endpoint, credentials: sampleCredentials, allowLookup: true },
    config: { mode: 'emulator', ...SAMPLE },
    notes: [
      `Requests go to the emulator at ${endpoint}; nothing leaves this machine`,
      ...(env.HUAWEICLOUD_SDK_AK || env.CLOUD_SDK_AK
        ? ['The keys in the environment are not used without --region']
        : []),
    ],
    server,
    control: answer,
  };
}

await main(async () => {
  const { region, port, help, 'skip-build': skipBuild } = readOptions();
  if (help) {
    process.stdout.write(HELP);
    return;
  }
  const service = region === undefined ? undefined : realService(region, process.env);

  let stop = () => {};
  /** @type {Promise<void>} */
  const stopped = new Promise((done) => {
    stop = done;
  });
  let ready = false;
  onSignal(() => {
    if (ready) stop();
    return ready;
  });

  await installNpm();
  const { consoleServer, listen } = await import('./serve.mjs');
  // Reports a port that is in use now, not after the build.
  (await listen(createServer(), port)).server.close();
  if (!skipBuild) await (await import('./build.mjs')).buildPackage();
  else if (!existsSync(at('pkg', 'package.json'))) throw new Failure('there is no package in pkg/: run npm run build');
  const { buildWww } = await import('./www.mjs');
  const files = await buildWww();
  const { upstream, config, notes, server, control } = service ?? (await emulator(process.env));
  await (await import('esbuild')).stop();

  /** @type {string[]} */
  let hosts = [];
  /** @type {import('node:http').RequestListener} */
  let api = (_request, response) => void response.writeHead(503).end();
  const page = await listen(
    consoleServer({ files, config, hosts: () => hosts, api: (...messages) => api(...messages), control }),
    port,
  );
  const servers = server ? [server, page.server] : [page.server];
  hosts = [`127.0.0.1:${page.port}`, `localhost:${page.port}`];
  try {
    const { createSigningProxy } = await import('cts-tracker/proxy');
    const { nodeFetch, toNodeHandler } = await import('cts-tracker/node');
    const allowedOrigins = hosts.map((host) => `http://${host}`);
    api = toNodeHandler(createSigningProxy({ ...upstream, allowedHosts: hosts, allowedOrigins, fetch: nodeFetch }));
  } catch (error) {
    for (const server of servers) server.close();
    throw new Failure(`the proxy could not be started: ${messageOf(error)}`);
  }
  ready = true;
  notes.forEach(say);
  process.stdout.write(`cts-tracker console: http://127.0.0.1:${page.port}/\n`);

  await stopped;
  say('Stopping');
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  // A request to the service that is still running would keep the process alive until it times out.
  setTimeout(() => process.exit(0), 1000).unref();
});
