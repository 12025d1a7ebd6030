// cts-tracker proxy: the signing proxy on this machine.
import { createServer } from 'node:http';
import { toNodeHandler } from 'srvx/node';
import { EXIT, Failure } from './failure.js';
import { clean } from './output.js';
import { listen, untilSignal, urlOf } from './serve.js';
import { credentialsOf, fromEnvironment, refused } from './service.js';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

export async function proxy({ values, output, t, load, env, signal }) {
  const { region, endpoint, host } = values;
  if (!region === !endpoint) throw new Failure(t('proxy.upstream'));
  const credentials = credentialsOf(env, t, 'proxy.keys');
  const { createSigningProxy } = await load.proxy();
  const ids = (given, what) => {
    const all = given.length > 0 ? given : [fromEnvironment(env, what)].filter(Boolean);
    return all.length > 0 ? all : undefined;
  };
  const projects = ids(values.project, 'projectId');
  const domains = ids(values.domain, 'domainId');
  const make = (port) =>
    refused(() =>
      createSigningProxy({
        ...(region ? { region } : { endpoint }),
        credentials,
        allowedHosts: [
          ...new Set([
            ...(LOOPBACK.includes(host) ? LOOPBACK : [host]).map((name) => new URL(urlOf(name, port)).host),
            ...values['allow-host'],
          ]),
        ],
        allowedOrigins: values['allow-origin'],
        ...(projects && { projects }),
        ...(domains && { domains }),
        onEvent: (event) => output.note(clean(JSON.stringify(event))),
      }),
    );
  // What is wrong with the options is said before a port is taken.
  make(1);
  let handler;
  const server = createServer(toNodeHandler((request) => handler.fetch(request)));
  const port = await listen(server, values, t);
  handler = make(port);
  const url = urlOf(host, port);
  const upstream = region ?? endpoint;
  await output.objects([{ type: 'ready', command: 'proxy', url, upstream }]);
  await output.lines([
    t('proxy.ready', { url, upstream }),
    t(projects ? 'proxy.projects' : 'proxy.anyProject', { projects: projects?.join(t('comma')) }),
  ]);
  if (values['allow-origin'].length === 0) output.note(t('proxy.noOrigin'));
  if (!LOOPBACK.includes(host)) output.note(t('proxy.exposed', { host }));
  await untilSignal(server, signal);
  output.note(t('stopped'));
  return EXIT.fine;
}
