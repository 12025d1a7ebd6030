// The proxies that the environment names, as curl and undici read them.
import { invalidOption } from './options.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentProxies {
  /** For `https:` and for `http:` URLs, perhaps with a password. Empty: none. */
  https: string;
  http: string;
  /** Hosts that are reached directly, as undici reads them. */
  noProxy: string;
}

/** A request to this machine never goes through a proxy, which could not reach it. */
const LOOPBACK = 'localhost,127.0.0.1,[::1]';

/** Throws a `TypeError` that names the variable, but not its value, which may contain a password. */
export function environmentProxies(env: Environment): EnvironmentProxies {
  const http = proxyIn(env, 'http_proxy');
  const noProxy = valueIn(env, 'no_proxy');
  return {
    https: proxyIn(env, 'https_proxy') || http,
    http,
    noProxy: noProxy === '*' ? noProxy : `${noProxy},${LOOPBACK}`,
  };
}

/** The URL without user and password. */
export function withoutCredentials(proxy: string): string {
  const { protocol, host } = new URL(proxy);
  return `${protocol}//${host}`;
}

/** As in curl, the name in lower case comes first. */
const valueIn = (env: Environment, name: string): string => (env[name] || env[name.toUpperCase()] || '').trim();

function proxyIn(env: Environment, name: string): string {
  const value = valueIn(env, name);
  // As in curl, a proxy without a scheme is an HTTP proxy.
  const url = value === '' || value.includes('://') ? value : `http://${value}`;
  if (url !== '' && !(URL.canParse(url) && /^(https?|socks5?):$/.test(new URL(url).protocol))) {
    throw invalidOption('invalid_proxy', `${name.toUpperCase()} is not the URL of a proxy, such as http://proxy:8080`);
  }
  return url;
}
