// signRequest and verifyRequest: SDK-HMAC-SHA256. Server side: the keys must not reach a browser.
import { accessKeyIdOf, sign, verify } from '#glue-server';
import { exchange } from './exchange.js';

/** A mistake in the call itself: a TypeError with a stable `code`. Never names a value, which may be a secret. */
function misuse(code, message) {
  return Object.assign(new TypeError(message), { code });
}

function text(value, name) {
  if (typeof value !== 'string') throw misuse('invalid_argument', `${name} must be a string`);
  return value;
}

function keyText(credentials, name, optional) {
  const value = credentials?.[name];
  if (optional && (value === undefined || value === null)) return '';
  return text(value, `credentials.${name}`);
}

/** Header values of a Headers object are bytes in characters; what was UTF-8 is read as such. */
function decoded(value) {
  // eslint-disable-next-line no-control-regex
  if (/^[\0-\x7f]*$/.test(value)) return value;
  if (/[^\0-\xff]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(value, (c) => c.charCodeAt(0)));
  } catch {
    return value;
  }
}

const asIs = (value) => value;

/** Sent as UTF-8, which fetch takes as one character a byte. */
function byteString(value) {
  return /^[\0-\x7f]*$/.test(value) ? value : String.fromCharCode(...new TextEncoder().encode(value));
}

function pushHeaders(parts, headers, read) {
  if (headers === undefined || headers === null) return;
  if (typeof headers !== 'object')
    throw misuse('invalid_argument', 'headers must be an object, a list of pairs or Headers');
  if (typeof headers[Symbol.iterator] === 'function') {
    for (const [name, value] of headers) pushHeader(parts, name, value, read);
  } else {
    for (const name of Object.keys(headers)) {
      const value = headers[name];
      // As Node gives headers that came several times; an undefined one is absent.
      if (Array.isArray(value)) for (const one of value) pushHeader(parts, name, one, read);
      else if (value !== undefined) pushHeader(parts, name, value, read);
    }
  }
}

function pushHeader(parts, name, value, read) {
  parts.push(
    text(name, 'the name of a header'),
    read(text(typeof value === 'number' ? String(value) : value, 'the value of a header')),
  );
}

// Many requests go to one URL.
let lastHref;
let lastLocation;
function location(url) {
  const href = typeof url === 'string' ? url : typeof url?.href === 'string' ? url.href : undefined;
  if (href === lastHref && href !== undefined) return lastLocation;
  let parsed;
  try {
    parsed = new URL(href);
  } catch {
    throw misuse('invalid_url', 'url must be an absolute URL, like https://cts.eu-west-0.myhuaweicloud.com/v3/…');
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
    throw misuse('invalid_url', 'url must be an http or https URL');
  }
  // A query may hold a secret: such a URL is not kept.
  const { host, pathname, search } = parsed;
  const location = { host, path: pathname, query: search.slice(1) };
  if (search === '' && parsed.username === '') [lastHref, lastLocation] = [href, location];
  return location;
}

function milliseconds(date) {
  if (date === undefined || date === null) return NaN;
  const value = typeof date === 'string' ? Date.parse(date) : Number(date);
  if (!Number.isFinite(value)) {
    throw misuse('invalid_date', 'date must be a Date, milliseconds since 1970, or a text like 20240619T080910Z');
  }
  return value;
}

function payload(body) {
  if (body === undefined || body === null || typeof body === 'string') return body ?? undefined;
  if (body instanceof Uint8Array) return body;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body);
  throw misuse('invalid_body', 'body must be a string, a Uint8Array or an ArrayBuffer: exactly what will be sent');
}

/**
 * Signs a request. Synchronous. Gives the headers to send and every stage of the algorithm.
 * See the type declarations for the fields.
 */
export function signRequest(request) {
  if (typeof request !== 'object' || request === null) throw misuse('invalid_argument', 'signRequest takes an object');
  const { method, url, headers, body, date, credentials, signedHeaders } = request;
  const { host, path, query } = location(url);
  const parts = [
    text(method, 'method'),
    host,
    path,
    query,
    keyText(credentials, 'accessKeyId'),
    keyText(credentials, 'secretAccessKey'),
    keyText(credentials, 'securityToken', true),
  ];
  // The spelling of the header itself needs no detour.
  const spelled = typeof date === 'string' && date.length === 16;
  parts.push(spelled ? date : '');
  if (signedHeaders === undefined || signedHeaders === null) {
    parts.push('');
  } else {
    parts.push(String(signedHeaders.length));
    for (const name of signedHeaders) parts.push(text(name, 'the name of a signed header'));
  }
  const fixed = parts.length;
  pushHeaders(parts, headers, asIs);

  const at = spelled ? NaN : milliseconds(date);
  const run = (count, length, size) => sign(count, length, size, at, Date.now());
  let { strings: fields, ascii } = exchange(parts, payload(body), run);
  if (!ascii) {
    parts.length = fixed;
    pushHeaders(parts, headers, decoded);
    fields = exchange(parts, payload(body), run).strings;
  }
  if (fields[0] !== 'ok') throw misuse(fields[1], fields[2]);
  const signed = {};
  for (let i = 5; i < fields.length; i += 2) {
    const name = fields[i];
    const value = ascii ? fields[i + 1] : byteString(fields[i + 1]);
    if (name === '__proto__')
      Object.defineProperty(signed, name, { value, enumerable: true, configurable: true, writable: true });
    else signed[name] = value;
  }
  signed.authorization = fields[2];
  return {
    headers: signed,
    canonicalRequest: fields[4],
    stringToSign: fields[3],
    signature: fields[1],
    authorization: fields[2],
  };
}

/**
 * Checks the signature of a request as it came. `lookup` gives the keys of an access key id, or nothing.
 * See the type declarations for the result.
 */
export async function verifyRequest(request, lookup, options = {}) {
  if (typeof request !== 'object' || request === null)
    throw misuse('invalid_argument', 'verifyRequest takes a request');
  if (typeof lookup !== 'function') throw misuse('invalid_argument', 'lookup must be a function');
  const { host, path, query } = location(request.url);
  // A Request of the platform has its body still to be read.
  const body = payload(typeof request.arrayBuffer === 'function' ? await request.arrayBuffer() : request.body);
  const headers = [];
  pushHeaders(headers, request.headers, decoded);
  let authorization = '';
  for (let i = 0; i < headers.length; i += 2)
    if (headers[i].toLowerCase() === 'authorization') authorization = headers[i + 1];
  const {
    strings: [id],
  } = exchange([authorization], undefined, accessKeyIdOf);
  const credentials = id ? await lookup(id) : undefined;
  const keys = credentials
    ? [keyText(credentials, 'secretAccessKey'), keyText(credentials, 'securityToken', true)]
    : ['', ''];
  const parts = [text(request.method, 'method'), host, path, query, ...keys, ...headers];
  const now = options.now ? milliseconds(options.now()) : Date.now();
  const { strings: fields } = exchange(parts, body, (count, length, size) => verify(count, length, size, now));
  if (fields[0] === 'ok') {
    return { valid: true, accessKeyId: fields[1], signedHeaders: fields[2].split(';'), canonicalRequest: fields[3] };
  }
  return {
    valid: false,
    code: fields[1],
    message: fields[2],
    ...(fields[3] && { canonicalRequest: fields[3] }),
    ...(fields[4] && { skewSeconds: Number(fields[4]) }),
  };
}
