// The option `baseUrl`. A relative one is resolved at each call, because a page may create its client where there is no
// page: in a worker, or when a server renders it ahead.
import { invalidOption } from '../options.js';
import type { ClientOptions } from './types.js';

const KINDS = "the http: or https: URL of the signing proxy, or '/a/path' in a page of such a URL";

/** Checks the option. The function returns the URL for a call, without a slash at its end. */
export function baseUrlOption(baseUrl: ClientOptions['baseUrl']): () => string {
  const given = baseUrl === undefined || baseUrl === null ? undefined : String(baseUrl).trim();
  if (given === '') throw invalidOption(`baseUrl must not be empty; it is ${KINDS}`);
  const absolute = given !== undefined && parse(given);
  const url = absolute || (given !== undefined && parse(given, 'http://page.invalid'));
  if (given === undefined || !url) throw invalidOption(`baseUrl must be ${KINDS}`);
  const checked = check(url);
  return absolute ? () => checked : () => check(resolve(given));
}

function check({ protocol, username, password, search, hash, origin, pathname }: URL): string {
  if (!/^https?:$/.test(protocol)) throw invalidOption(`baseUrl must be ${KINDS}`);
  if (username || password || search || hash) {
    throw invalidOption('baseUrl must have no user, no password, no query and no fragment');
  }
  return origin + pathname.replace(/\/+$/, '');
}

function resolve(given: string): URL {
  const { document, location } = globalThis as Partial<typeof globalThis>;
  // A worker made from a blob has only an origin.
  for (const base of [document?.baseURI, location?.href, location?.origin]) {
    const url = base && parse(given, base);
    if (url) return url;
  }
  throw invalidOption(`baseUrl ${JSON.stringify(given)} is relative, and there is no page that it is relative to`);
}

function parse(url: string, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
