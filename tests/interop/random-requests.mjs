// Random requests for signers, determined by a seed.

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const UNRESERVED = [...'ABCXYZabcxyz0129-._~'];
const WIDE = ['é', 'ß', '中', '文', '\u{1f600}', '\u{10ffff}', '\u00a0', '\u2028', 'ı', '﹪'];
const HEADER_CHARS = [...PRINTABLE, '\t', 'é', '中', '\u{1f600}'];
const NAME_CHARS = [...'abcdefghijklmnopqrstuvwxyz0123456789-'];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS', 'post', 'get'];
const TYPES = [
  'application/json',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/bson',
  'text/plain',
  'application/xml',
  'application/octet-stream',
];

/** Names of trackers whose encoding differs between signers, if they differ anywhere. */
export const AWKWARD_NAMES = [
  '追踪器',
  '100%',
  '%E4%B8',
  '%2B%20',
  'a b',
  ' ',
  'a+b',
  '~-._',
  '追踪 100%+~',
  "!'()*",
  'a&tracker_type=system',
  'a=b;c/d?e#f',
  '\u{1f600}é',
];

/** mulberry32 */
export function generator(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  const one = (list) => list[below(list.length)];
  const text = (chars, min, max) => Array.from({ length: min + below(max - min + 1) }, () => one(chars)).join('');
  return { below, one, text, chance: (p) => next() < p };
}

const hex = (random, length) => random.text([...'0123456789abcdef'], length, length);

/** Encodes as in RFC 3986; encodeURIComponent leaves five more characters. */
export const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * A segment of a path: encoded, partly encoded, or wrongly encoded. URL rewrites `.`, `..` and `\` and encodes some
 * characters, so both signers get its result.
 */
function segment(random) {
  switch (random.below(6)) {
    case 0:
      return hex(random, 32);
    case 1:
      return encoded(random.text([...PRINTABLE, ...WIDE], 1, 12));
    case 2:
      return random.text([...UNRESERVED, ...":@!$&'()*+,;=|"], 1, 12);
    case 3:
      return random.text([...UNRESERVED, '%', '%2', '%zz', '%25', '%2F', '%e4%b8', '%ff', '%C3%A9', '%41'], 1, 8);
    case 4:
      return random.text([...UNRESERVED, ...WIDE], 1, 12);
    default:
      return random.text(UNRESERVED, 1, 20);
  }
}

function query(random, chars) {
  return Array.from({ length: random.chance(0.5) ? 0 : random.below(6) }, () => [
    random.text(chars, 1, 8),
    random.chance(0.1) ? '' : random.text(chars, 0, 12),
  ]);
}

function headers(random, chars, date) {
  const made = new Map([['X-Sdk-Date', date]]);
  const put = (name, value) => {
    if (![...made.keys()].some((known) => known.toLowerCase() === name.toLowerCase())) made.set(name, value);
  };
  // The vendor's Python signer recognizes only this spelling.
  if (random.chance(0.7)) put('Content-Type', random.one(TYPES));
  if (random.chance(0.5)) put('X-Project-Id', hex(random, 32));
  for (let n = random.below(5); n > 0; n -= 1) {
    let name = `x-${random.text(NAME_CHARS, 1, 12)}`;
    if (random.chance(0.3)) name = name.toUpperCase();
    if (random.chance(0.1)) name += '_a';
    put(name, random.text(chars, 0, 20));
  }
  return [...made];
}

function body(random) {
  switch (random.below(5)) {
    case 0:
      return undefined;
    case 1:
      return new Uint8Array(0);
    case 2:
      return Uint8Array.from({ length: random.below(200) }, () => random.below(256));
    case 3:
      return new TextEncoder().encode(random.text([...PRINTABLE, ...WIDE], 0, 60));
    default:
      return new TextEncoder().encode(JSON.stringify({ tracker_type: 'data', tracker_name: random.text(WIDE, 0, 5) }));
  }
}

const two = (n) => String(n).padStart(2, '0');
const sdkDate = (random) =>
  `${1990 + random.below(100)}${two(1 + random.below(12))}${two(1 + random.below(28))}T${two(
    random.below(24),
  )}${two(random.below(60))}${two(random.below(60))}Z`;

function keys(random) {
  const made = {
    accessKeyId: random.text([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'], 20, 20),
    secretAccessKey: random.text([...'ABCxyz0189/+='], 1, 90),
  };
  if (random.chance(0.3)) made.securityToken = random.text([...'ABCxyz0189/+=-_.'], 1, 200);
  return made;
}

const host = (random) =>
  random.one([
    'cts.eu-west-0.myhuaweicloud.com',
    'cts.eu-west-101.myhuaweicloud.eu',
    '127.0.0.1:8788',
    'localhost:80',
    '[::1]:8080',
    'xn--bcher-kva.example',
  ]);

/** Any request. The vendor's Python signer accepts all of them. */
export function anyRequest(random) {
  const path = `/${Array.from({ length: random.below(6) }, () => segment(random)).join('/')}${random.chance(0.2) ? '/' : ''}`;
  const pairs = query(random, [...PRINTABLE, ...WIDE]);
  const search = pairs.map(([k, v]) => `${encoded(k)}=${encoded(v)}`).join('&');
  const url = new URL(`https://${host(random)}${path}${search && `?${search}`}`);
  return {
    method: random.one(METHODS),
    url,
    query: pairs,
    headers: headers(random, HEADER_CHARS, sdkDate(random)),
    body: body(random),
    credentials: keys(random),
  };
}

/**
 * A request on which the vendor's signers agree: a path and a query that are encoded once, header values without outer
 * spaces, and a JSON body or none.
 */
export function plainRequest(random) {
  const value = [...PRINTABLE.slice(1), 'é'];
  const path = `/${Array.from({ length: 1 + random.below(5) }, () => random.text(UNRESERVED.slice(0, -3), 1, 32)).join('/')}`;
  const pairs = new Map(query(random, PRINTABLE));
  const search = [...pairs].map(([k, v]) => `${encoded(k)}=${encoded(v)}`).join('&');
  const url = new URL(`https://${host(random)}${path}${search && `?${search}`}`);
  const json = random.chance(0.7);
  return {
    method: random.one(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
    url,
    query: [...pairs],
    headers: headers(random, value, sdkDate(random))
      .filter(([name]) => name !== 'Content-Type' && !name.includes('_'))
      .concat(json ? [['content-type', 'application/json']] : []),
    data: json
      ? { tracker_name: random.text([...PRINTABLE, ...WIDE], 0, 20), n: random.below(1e6), on: random.chance(0.5) }
      : undefined,
    credentials: keys(random),
  };
}
