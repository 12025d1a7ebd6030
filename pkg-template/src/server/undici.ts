// undici's pool, with the proxies of the environment. Only `nodeFetch` imports this module, when it is first called.
// undici's index would load three times as much code, such as its own `fetch`.
import type { Dispatcher } from 'undici';
import connect from 'undici/lib/api/api-connect.js';
import DispatcherBase from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import type { EnvironmentProxies } from './environment-proxies.js';

export function createAgent({ https, http, noProxy }: EnvironmentProxies): Dispatcher {
  // A tunnel through a proxy needs the method. The index adds it to the class.
  DispatcherBase.prototype.connect = connect;
  return new EnvHttpProxyAgent({ httpsProxy: https, httpProxy: http, noProxy });
}
