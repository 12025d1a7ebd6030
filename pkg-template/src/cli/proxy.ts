// cts-tracker proxy: the signing proxy on this machine.
import { createServer } from 'node:http';
import { CliError, EXIT } from './cli-error.js';
import { type Command, command } from './command.js';
import { credentialsFrom, fromEnvironment } from './environment.js';
import { bracketed, listen, untilSignal } from './http-server.js';
import { LISTEN } from './options.js';
import { invalidOptionAsCliError } from './service.js';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

export const proxy: Command = command({
  runsUntilSignal: true,
  options: {
    ...LISTEN,
    port: { ...LISTEN.port, default: '8788' },
    region: { type: 'string' },
    endpoint: { type: 'string' },
    'allow-origin': { type: 'string', multiple: true },
    'allow-host': { type: 'string', multiple: true },
    project: { type: 'string', multiple: true },
    domain: { type: 'string', multiple: true },
    rate: { type: 'string', range: [1, 1_000_000] },
    'max-concurrent': { type: 'string', range: [1, 65_536] },
    'allow-lookup': { type: 'boolean' },
    metrics: { type: 'boolean' },
    'allow-faults': { type: 'boolean' },
  },
  async run(context) {
    const { values, output, t, load, env, signal } = context;
    const { region, endpoint, host } = values;
    const upstream = region ?? endpoint;
    if (!upstream || (region && endpoint)) throw new CliError(t('proxy.upstream'));
    const credentials = await credentialsFrom(context, 'proxy.keys');
    const idsFrom = (given: readonly string[], fallback: string | undefined) =>
      given.length > 0 ? given : fallback === undefined ? undefined : [fallback];
    const projects = idsFrom(values.project, fromEnvironment(env, 'projectId'));
    const domains = idsFrom(values.domain, fromEnvironment(env, 'domainId'));
    const isLocal = LOOPBACK.includes(host);

    const { createSigningProxy } = await load.proxy();
    const { nodeFetch, toNodeHandler } = await load.node();
    const handler = invalidOptionAsCliError(context, () =>
      createSigningProxy({
        region,
        endpoint,
        credentials,
        fetch: nodeFetch,
        allowedHosts: [...(isLocal ? LOOPBACK : [host]).map((name) => `${bracketed(name)}:*`), ...values['allow-host']],
        // An empty list would refuse the proxy's own origin too.
        allowedOrigins: values['allow-origin'].length > 0 ? values['allow-origin'] : undefined,
        projects,
        domains,
        ratePerClient: values.rate,
        maxConcurrent: values['max-concurrent'],
        allowLookup: values['allow-lookup'],
        metrics: values.metrics,
        allowFaults: values['allow-faults'],
        onEvent: (event) => output.note(JSON.stringify({ time: new Date().toISOString(), ...event })),
      }),
    );
    const server = createServer(toNodeHandler(handler));
    const url = await listen(server, values, t);
    await output.objects([{ type: 'ready', command: 'proxy', url, upstream }]);
    await output.lines([
      t('proxy.ready', { url, upstream }),
      projects ? t('proxy.projects', { projects: projects.join(t('comma')) }) : t('proxy.anyProject'),
    ]);
    if (values['allow-origin'].length === 0) output.note(t('proxy.noOrigin'));
    if (!isLocal) output.note(t('proxy.exposed', { host }));
    await untilSignal(server, signal);
    output.note(t('stopped'));
    return EXIT.ok;
  },
});
