// A second implementation of the rule table in plain JavaScript, written independently of the validators: both are
// unlikely to have the same error. It is slow and has no messages.
//
// The input is passed as a function, so that errors while it is read occur here.

const SERVER = {
  body: 'CTS.0003',
  trackerType: 'CTS.0202',
  trackerName: 'CTS.0203',
  systemName: 'CTS.0204',
  forbidden: 'CTS.0206',
  reserved: 'CTS.0207',
  dataBucket: 'CTS.0210',
  differ: 'CTS.0213',
  transferBucket: 'CTS.0216',
  lifecycle: 'CTS.0217',
  prefix: 'CTS.0218',
  dataEvent: 'CTS.0219',
  kmsId: 'CTS.0221',
  event: 'CTS.0225',
  bucketName: 'CTS.0231',
};
const ENCRYPTION = 'is_support_trace_files_encryption';
const FIELDS = {
  createTracker: [
    'tracker_type',
    'tracker_name',
    'is_lts_enabled',
    'is_organization_tracker',
    'management_event_selector',
    'obs_info',
    ENCRYPTION,
    'kms_id',
    'is_support_validate',
    'data_bucket',
    'agency_name',
  ],
  selector: ['exclude_service'],
  obsInfo: [
    'bucket_name',
    'file_prefix_name',
    'is_obs_created',
    'bucket_lifecycle',
    'compress_type',
    'is_sort_by_service',
  ],
  dataBucket: ['data_bucket_name', 'data_event'],
  checkObsBuckets: ['buckets'],
  bucket: ['bucket_name', 'bucket_location', 'kms_id', ENCRYPTION],
};
const MAX_ISSUES = 1000;
const MAX_ITEMS = 1_000_000;
const KMS_ID = /^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}$/;
const REGION = /^[a-z0-9]+(-[a-z0-9]+)+$/;

// --- issues

class Findings {
  errors = [];
  warnings = [];

  error(code, path, params = {}, serverCode = undefined) {
    this.errors.push(serverCode === undefined ? { code, path, params } : { code, path, params, serverCode });
  }

  warn(code, path, params = {}) {
    this.warnings.push({ code, path, params });
  }

  result(value) {
    const issues = capped(this.errors);
    const warnings = capped(this.warnings);
    return issues.length > 0 ? { issues, warnings } : { value, issues, warnings };
  }
}

function capped(list) {
  if (list.length <= MAX_ISSUES) return list;
  return [
    ...list.slice(0, MAX_ISSUES),
    { code: 'too_many_issues', path: [], params: { more: list.length - MAX_ISSUES } },
  ];
}

// --- reading values

const characters = (text) => Array.from(text);
const isLone = (character) => character.length === 1 && character >= '\ud800' && character <= '\udfff';
const wellFormed = (text) =>
  characters(text)
    .map((character) => (isLone(character) ? '\ufffd' : character))
    .join('');

function isBox(Class, value) {
  try {
    Class.prototype.valueOf.call(value);
    return true;
  } catch {
    return false;
  }
}

/** `{ type, value }`. The type is absent, string, boolean, number, object, array, unreadable or another typeof. */
function read(get, key) {
  try {
    let value = get();
    if ((typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'bigint') {
      const { toJSON } = value;
      if (typeof toJSON === 'function') value = toJSON.call(value, key);
    }
    if (value === undefined || value === null) return { type: 'absent' };
    if (Array.isArray(value)) return { type: 'array', value };
    if (typeof value === 'object') {
      if (isBox(String, value)) value = String(value);
      else if (isBox(Number, value)) value = Number(value);
      else if (isBox(Boolean, value)) value = Boolean.prototype.valueOf.call(value);
    }
    if (typeof value === 'string') return { type: 'string', value: wellFormed(value) };
    if (typeof value === 'number') return { type: 'number', value: value === 0 ? 0 : value };
    if (typeof value !== 'object') return { type: typeof value, value };
    const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
    return tag === 'Object' ? { type: 'object', value } : { type: 'exotic', name: wellFormed(tag).toLowerCase() };
  } catch {
    return { type: 'unreadable' };
  }
}

const nameOf = ({ type, name }) => (type === 'exotic' ? name : type === 'absent' ? 'null' : type);

/** The fields of an object; undefined if its keys cannot be listed. */
function readFields(object, fields) {
  let keys;
  try {
    keys = Object.keys(object);
  } catch {
    return undefined;
  }
  const known = Object.fromEntries(fields.map((key) => [key, { type: 'absent' }]));
  for (const key of keys) if (fields.includes(key)) known[key] = read(() => object[key], key);
  return { known, unknown: keys.filter((key) => !fields.includes(key)).map(wellFormed), fields };
}

/** The fields of an object. An object whose keys cannot be listed is unreadable. */
function readObject(field, fields) {
  if (field.type !== 'object') return field;
  const inside = readFields(field.value, fields);
  return inside === undefined ? { type: 'unreadable' } : { type: 'object', value: inside };
}

/** A list with its items, unless it is too long. */
function readList(field) {
  if (field.type !== 'array') return field;
  try {
    const length = Math.min(Math.max(Math.trunc(+field.value.length) || 0, 0), Number.MAX_SAFE_INTEGER);
    if (length > MAX_ITEMS) return { type: 'array', tooLong: length };
    return {
      type: 'array',
      value: Array.from({ length }, (_, index) => read(() => field.value[index], String(index))),
    };
  } catch {
    return { type: 'unreadable' };
  }
}

/** The value of a field, if it has the type. Reports a value of another type. */
function expect(found, field, path, expected) {
  if (field.type === 'absent') return undefined;
  const wanted = expected === 'integer' ? 'number' : expected;
  if (field.type === wanted && (expected !== 'integer' || Number.isInteger(field.value))) return field.value;
  found.error('invalid_type', path, { expected, actual: nameOf(field) });
  return undefined;
}

// --- the rows

const lower = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const folded = (key) => lower(key).replace(/[_-]/g, '');

function distance(a, b) {
  const [from, to] = [characters(a), characters(b)];
  let row = [0, ...to.map((_, i) => i + 1)];
  for (const [i, character] of from.entries()) {
    const below = [i + 1];
    for (const [j, other] of to.entries()) {
      below.push(Math.min(row[j + 1] + 1, below[j] + 1, row[j] + (character === other ? 0 : 1)));
    }
    row = below;
  }
  return row[to.length];
}

function suggestion(key, { known, fields }) {
  const missing = fields.filter((field) => known[field].type === 'absent');
  const same = missing.find((field) => folded(field) === folded(key));
  if (same !== undefined || key.length > 100) return same;
  const near = missing.map((field) => ({ field, by: distance(key, field) })).filter(({ by }) => by <= 2);
  return near.sort((a, b) => a.by - b.by)[0]?.field;
}

function unknownKeys(found, path, inside) {
  for (const key of inside.unknown) {
    const meant = suggestion(key, inside);
    found.warn('unknown_key', [...path, key], meant === undefined ? {} : { suggestion: meant });
  }
}

function oneOf(found, word, path, allowed, serverCode) {
  if (allowed.includes(word)) return;
  const meant = allowed.find((known) => lower(known) === lower(word));
  found.error('invalid_enum', path, meant === undefined ? { allowed } : { allowed, suggestion: meant }, serverCode);
}

function length(found, text, path, min, max, serverCode) {
  const actual = characters(text).length;
  if (actual < min) found.error('too_short', path, { min, actual }, serverCode);
  if (actual > max) found.error('too_long', path, { max, actual }, serverCode);
}

function onlyCharacters(found, text, path, allowed, serverCode) {
  const index = characters(text).findIndex((character) => !allowed.test(character));
  if (index >= 0) found.error('invalid_character', path, { character: characters(text)[index], index }, serverCode);
}

function startsNotWith(found, text, path, refused, serverCode) {
  if (refused.test(text)) found.error('invalid_start', path, { character: text[0] }, serverCode);
}

function bucketName(found, name, path, forCreation) {
  length(found, name, path, 3, 63, SERVER.bucketName);
  onlyCharacters(found, name, path, /^[a-z0-9.-]$/, SERVER.bucketName);
  startsNotWith(found, name, path, /^[.-]/, SERVER.bucketName);
  const ofObs = (code, params) => (forCreation ? found.error(code, path, params) : found.warn(code, path, params));
  if (name.endsWith('-') || name.endsWith('.')) ofObs('invalid_end', { character: name.at(-1) });
  const pair = /\.\.|\.-|-\./.exec(name);
  if (pair) ofObs('adjacent_separators', { sequence: pair[0], index: characters(name.slice(0, pair.index)).length });
  if (/^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/.test(name)) ofObs('ip_address');
}

function filePrefixName(found, prefix, path) {
  length(found, prefix, path, 0, 64, SERVER.prefix);
  onlyCharacters(found, prefix, path, /^[A-Za-z0-9._-]$/, SERVER.prefix);
}

function trackerName(found, name, path, trackerType) {
  if (trackerType === 'system' && name !== 'system') {
    found.error('must_equal', path, { expected: 'system' }, SERVER.systemName);
  }
  if (trackerType !== 'data') return;
  length(found, name, path, 1, 32, SERVER.trackerName);
  onlyCharacters(found, name, path, /^[A-Za-z0-9_-]$/, SERVER.trackerName);
  startsNotWith(found, name, path, /^[_-]/, SERVER.trackerName);
  const reserved = ['system', 'system-trace'];
  if (reserved.includes(name)) found.error('reserved_name', path, { reserved }, SERVER.reserved);
}

function lifecycle(found, field, path) {
  const days = expect(found, field, path, 'integer');
  const allowed = [30, 60, 90, 180, 1095];
  if (days !== undefined && !allowed.includes(days)) {
    found.error('invalid_enum', path, { allowed, actual: days }, SERVER.lifecycle);
  }
  return days;
}

function list(found, field, path) {
  if (field.tooLong === undefined) return expect(found, field, path, 'array');
  found.error('too_long', path, { max: MAX_ITEMS, actual: field.tooLong });
  return undefined;
}

function words(found, items, path, allowed, serverCode) {
  const firsts = new Map();
  return items.map((item, index) => {
    const at = [...path, index];
    if (item.type !== 'string') {
      found.error('invalid_type', at, { expected: 'string', actual: nameOf(item) });
      return undefined;
    }
    oneOf(found, item.value, at, allowed, serverCode);
    if (firsts.has(item.value)) found.warn('duplicate_item', at, { first: firsts.get(item.value) });
    else if (item.value !== '') firsts.set(item.value, index);
    return item.value;
  });
}

/** `off`: encryption is known to be off. */
function keyId(found, id, path, { on, off, must, serverCode, ofData = false }) {
  if (id === undefined || id === '') {
    if (must && on) found.error('required', path, {}, serverCode);
    return;
  }
  if (!KMS_ID.test(id)) found.warn('unusual_format', path);
  if (ofData) found.warn('not_applicable', path, { trackerType: 'system' });
  else if (off) found.warn('unused', path);
}

// --- the requests

/** Omits absent fields. */
function present(pairs) {
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

const isTrue = (field) => field.type === 'boolean' && field.value === true;
const isOff = (field) => field.type === 'absent' || (field.type === 'boolean' && field.value === false);

function readBody(found, get, fields) {
  const field = readObject(read(get, ''), fields);
  if (field.type === 'object') return field.value;
  found.error('not_object', [], { actual: nameOf(field) }, SERVER.body);
  return undefined;
}

function selectorOf(found, field, path, isData) {
  const inside = expect(found, readObject(field, FIELDS.selector), path, 'object');
  if (inside === undefined) return undefined;
  if (isData) found.warn('not_applicable', path, { trackerType: 'system' });
  const at = [...path, 'exclude_service'];
  const items = list(found, readList(inside.known.exclude_service), at);
  const services = items && words(found, items, at, ['KMS']);
  unknownKeys(found, path, inside);
  return present([['exclude_service', services]]);
}

function obsInfoOf(found, field, path, isSystem) {
  const inside = expect(found, field, path, 'object');
  if (inside === undefined) return undefined;
  const { known } = inside;
  const at = (key) => [...path, key];
  const needsBucket = (key) => {
    if (known.bucket_name.type === 'absent') found.warn('requires_field', at(key), { field: 'bucket_name' });
  };
  const forCreation = isTrue(known.is_obs_created);

  if (known.bucket_name.type === 'absent' && forCreation)
    found.error('required', at('bucket_name'), {}, SERVER.transferBucket);
  const name = expect(found, known.bucket_name, at('bucket_name'), 'string');
  if (name !== undefined) bucketName(found, name, at('bucket_name'), forCreation);

  const prefix = expect(found, known.file_prefix_name, at('file_prefix_name'), 'string');
  if (prefix !== undefined) filePrefixName(found, prefix, at('file_prefix_name'));
  if (prefix !== undefined && prefix !== '') needsBucket('file_prefix_name');

  const created = expect(found, known.is_obs_created, at('is_obs_created'), 'boolean');

  const days = lifecycle(found, known.bucket_lifecycle, at('bucket_lifecycle'));
  if (days !== undefined && isSystem) found.warn('not_applicable', at('bucket_lifecycle'), { trackerType: 'data' });
  if (days !== undefined) needsBucket('bucket_lifecycle');

  const compression = expect(found, known.compress_type, at('compress_type'), 'string');
  if (compression !== undefined) oneOf(found, compression, at('compress_type'), ['gzip', 'json']);
  if (compression !== undefined && compression !== '') needsBucket('compress_type');

  const sorted = expect(found, known.is_sort_by_service, at('is_sort_by_service'), 'boolean');
  if (sorted !== undefined) needsBucket('is_sort_by_service');

  unknownKeys(found, path, inside);
  return present([
    ['bucket_name', name],
    ['file_prefix_name', prefix],
    ['is_obs_created', created],
    ['bucket_lifecycle', days],
    ['compress_type', compression],
    ['is_sort_by_service', sorted],
  ]);
}

function dataBucketOf(found, given, path, trackerType, transferBucket) {
  const field = readObject(given, FIELDS.dataBucket);
  if (trackerType === 'system' && field.type !== 'unreadable') {
    if (field.type !== 'absent') found.error('forbidden', path, {}, SERVER.forbidden);
    return undefined;
  }
  const isData = trackerType === 'data';
  if (field.type === 'absent') {
    if (isData) found.error('required', path, {}, SERVER.dataBucket);
    return undefined;
  }
  const inside = expect(found, field, path, 'object');
  if (inside === undefined) return undefined;
  const { data_bucket_name: nameField, data_event: eventField } = inside.known;

  const nameAt = [...path, 'data_bucket_name'];
  const name = expect(found, nameField, nameAt, 'string');
  if (isData && (nameField.type === 'absent' || name === '')) found.error('required', nameAt, {}, SERVER.dataBucket);
  else if (name !== undefined) {
    bucketName(found, name, nameAt, false);
    if (name !== '' && name === transferBucket) {
      found.error('must_differ', nameAt, { field: 'obs_info.bucket_name' }, SERVER.differ);
    }
  }

  const eventsAt = [...path, 'data_event'];
  if (eventField.type === 'absent' && isData) found.error('required', eventsAt, {}, SERVER.dataEvent);
  const items = list(found, readList(eventField), eventsAt);
  if (items?.length === 0) found.error('empty_list', eventsAt, {}, SERVER.dataEvent);
  const events = items && words(found, items, eventsAt, ['READ', 'WRITE'], SERVER.event);

  unknownKeys(found, path, inside);
  return present([
    ['data_bucket_name', name],
    ['data_event', events],
  ]);
}

export function createTracker(get) {
  const found = new Findings();
  const body = readBody(found, get, FIELDS.createTracker);
  if (body === undefined) return found.result();
  const { known } = body;
  const flag = (key) => expect(found, known[key], [key], 'boolean');
  const forSystem = (key, given) => {
    if (given && isData) found.warn('not_applicable', [key], { trackerType: 'system' });
  };

  if (known.tracker_type.type === 'absent') found.error('required', ['tracker_type'], {}, SERVER.trackerType);
  const type = expect(found, known.tracker_type, ['tracker_type'], 'string');
  if (type !== undefined) oneOf(found, type, ['tracker_type'], ['system', 'data'], SERVER.trackerType);
  const isSystem = type === 'system';
  const isData = type === 'data';

  if (known.tracker_name.type === 'absent' && isData) found.error('required', ['tracker_name'], {}, SERVER.trackerName);
  const name = expect(found, known.tracker_name, ['tracker_name'], 'string');
  if (name !== undefined) trackerName(found, name, ['tracker_name'], type);

  const logs = flag('is_lts_enabled');
  const organization = flag('is_organization_tracker');
  forSystem('is_organization_tracker', organization);
  const selector = selectorOf(found, known.management_event_selector, ['management_event_selector'], isData);
  const transfer = readObject(known.obs_info, FIELDS.obsInfo);
  const obsInfo = obsInfoOf(found, transfer, ['obs_info'], isSystem);
  const encryption = flag(ENCRYPTION);
  forSystem(ENCRYPTION, encryption);
  const id = expect(found, known.kms_id, ['kms_id'], 'string');
  if (id !== undefined || known.kms_id.type === 'absent') {
    keyId(found, id, ['kms_id'], {
      on: encryption,
      off: isOff(known[ENCRYPTION]),
      must: isSystem,
      serverCode: SERVER.kmsId,
      ofData: isData,
    });
  }
  const digests = flag('is_support_validate');
  const transferBucket = transfer.type === 'object' ? transfer.value.known.bucket_name : { type: 'absent' };
  const dataBucket = dataBucketOf(
    found,
    known.data_bucket,
    ['data_bucket'],
    isSystem || isData ? type : undefined,
    transferBucket.type === 'string' ? transferBucket.value : undefined,
  );
  const agency = expect(found, known.agency_name, ['agency_name'], 'string');
  if (agency !== undefined) oneOf(found, agency, ['agency_name'], ['cts_admin_trust']);
  unknownKeys(found, [], body);

  return found.result(
    present([
      ['tracker_type', type],
      ['tracker_name', name ?? (isSystem ? 'system' : undefined)],
      ['is_lts_enabled', logs],
      ['is_organization_tracker', organization],
      ['management_event_selector', selector],
      ['obs_info', obsInfo],
      [ENCRYPTION, encryption],
      ['kms_id', id],
      ['is_support_validate', digests],
      ['data_bucket', dataBucket],
      ['agency_name', agency],
    ]),
  );
}

function location(found, field, path) {
  const text = expect(found, field, path, 'string');
  if (field.type === 'absent' || text === '') found.error('required', path);
  else if (text !== undefined && !REGION.test(text)) found.warn('unusual_format', path);
  return text;
}

/** An item of `buckets`. `firsts` has the earlier items by name and location. */
function bucket(found, field, path, firsts, index) {
  const inside = expect(found, readObject(field, FIELDS.bucket), path, 'object');
  if (inside === undefined) {
    if (field.type === 'absent') found.error('invalid_type', path, { expected: 'object', actual: 'null' });
    return undefined;
  }
  const { known } = inside;
  const at = (key) => [...path, key];

  if (known.bucket_name.type === 'absent') found.error('required', at('bucket_name'));
  const name = expect(found, known.bucket_name, at('bucket_name'), 'string');
  if (name !== undefined) bucketName(found, name, at('bucket_name'), false);
  const place = location(found, known.bucket_location, at('bucket_location'));
  const id = expect(found, known.kms_id, at('kms_id'), 'string');
  if (id !== undefined || known.kms_id.type === 'absent') {
    keyId(found, id, at('kms_id'), {
      on: isTrue(known[ENCRYPTION]),
      off: isOff(known[ENCRYPTION]),
      must: true,
      serverCode: SERVER.kmsId,
    });
  }
  const encryption = expect(found, known[ENCRYPTION], at(ENCRYPTION), 'boolean');
  if (name && place) {
    const key = JSON.stringify([name, place]);
    if (firsts.has(key)) found.warn('duplicate_item', path, { first: firsts.get(key) });
    else firsts.set(key, index);
  }
  unknownKeys(found, path, inside);
  return present([
    ['bucket_name', name],
    ['bucket_location', place],
    ['kms_id', id],
    [ENCRYPTION, encryption],
  ]);
}

export function checkObsBuckets(get) {
  const found = new Findings();
  const body = readBody(found, get, FIELDS.checkObsBuckets);
  if (body === undefined) return found.result();
  const field = readList(body.known.buckets);
  const items = list(found, field, ['buckets']);
  if (field.type === 'absent' || items?.length === 0) found.warn('empty_list', ['buckets']);
  const firsts = new Map();
  const buckets = items?.map((item, index) => bucket(found, item, ['buckets', index], firsts, index));
  unknownKeys(found, [], body);
  return found.result(present([['buckets', buckets]]));
}

/** A single bucket, as in a line of NDJSON. */
export function checkBucket(get) {
  const found = new Findings();
  return found.result(bucket(found, read(get, ''), [], new Map(), 0));
}

const REQUIRED = ['bucketName', 'bucketLocation', 'projectId', 'domainId'];

/** A single field, by the name of its validator. */
export function oneField(validator, get, { forCreation = false, trackerType = 'data', encrypted } = {}) {
  const found = new Findings();
  const field = read(get, '');
  if (validator === 'bucketLifecycle') return found.result(lifecycle(found, field, []));
  const text = expect(found, field, [], 'string');
  const isAbsent = field.type === 'absent';
  if (!isAbsent && text === undefined) return found.result();

  if (isAbsent && (REQUIRED.includes(validator) || (validator === 'trackerName' && trackerType === 'data'))) {
    found.error('required', []);
  } else if (validator === 'kmsId')
    keyId(found, text, [], { on: encrypted === true, off: encrypted === false, must: true });
  else if (isAbsent) return found.result(validator === 'trackerName' ? 'system' : undefined);
  else if (validator === 'bucketName') bucketName(found, text, [], forCreation);
  else if (validator === 'filePrefixName') filePrefixName(found, text, []);
  else if (validator === 'trackerName') trackerName(found, text, [], trackerType);
  else if (validator === 'compressType') oneOf(found, text, [], ['gzip', 'json']);
  else if (validator === 'bucketLocation') location(found, field, []);
  else if (text === '') found.error('required', []);
  else {
    length(found, text, [], 1, 64);
    onlyCharacters(found, text, [], /^[A-Za-z0-9_-]$/);
    if (found.errors.length === 0 && characters(text).length !== 32) found.warn('unusual_format', []);
  }
  return found.result(text);
}

// --- NDJSON

const WHITE = [0x20, 0x09, 0x0a, 0x0d];
const is = (text) => (byte) => byte !== undefined && text.includes(String.fromCharCode(byte));

class Broken extends Error {}

/** The offset of the first byte that cannot continue any JSON text, or -1. */
export function breaksAt(bytes) {
  let at = 0;
  const no = () => {
    throw new Broken();
  };
  const space = () => {
    while (WHITE.includes(bytes[at])) at += 1;
  };
  const take = (wanted) => {
    if (wanted(bytes[at])) at += 1;
    else no();
  };
  const digits = () => {
    take(is('0123456789'));
    while (is('0123456789')(bytes[at])) at += 1;
  };

  function string() {
    take(is('"'));
    while (!is('"')(bytes[at])) {
      if (is('\\')(bytes[at])) {
        at += 1;
        if (is('u')(bytes[at])) {
          at += 1;
          for (let i = 0; i < 4; i++) take(is('0123456789abcdefABCDEF'));
        } else take(is('"\\/bfnrt'));
      } else if (bytes[at] < 0x80) take((byte) => byte >= 0x20);
      else character();
    }
    at += 1;
  }

  /** A character of more than one byte. */
  function character() {
    const size = bytes[at] >= 0xf0 ? 4 : bytes[at] >= 0xe0 ? 3 : 2;
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + size));
      if (characters(text).length !== 1) no();
    } catch {
      no();
    }
    at += size;
  }

  function number() {
    if (is('-')(bytes[at])) at += 1;
    if (is('0')(bytes[at])) at += 1;
    else digits();
    if (is('.')(bytes[at])) {
      at += 1;
      digits();
    }
    if (is('eE')(bytes[at])) {
      at += 1;
      if (is('+-')(bytes[at])) at += 1;
      digits();
    }
  }

  function inside(close, item) {
    at += 1;
    space();
    if (is(close)(bytes[at])) {
      at += 1;
      return;
    }
    for (;;) {
      item();
      space();
      if (is(close)(bytes[at])) {
        at += 1;
        return;
      }
      take(is(','));
    }
  }

  function member() {
    space();
    string();
    space();
    take(is(':'));
    value();
  }

  function value() {
    space();
    const first = String.fromCharCode(bytes[at] ?? 0);
    const word = { t: 'true', f: 'false', n: 'null' }[first];
    if (word) for (const letter of word) take(is(letter));
    else if (first === '{') inside('}', member);
    else if (first === '[') inside(']', value);
    else if (first === '"') string();
    else number();
  }

  try {
    value();
    space();
    return at < bytes.length ? at : -1;
  } catch (error) {
    if (error instanceof Broken) return at;
    throw error;
  }
}

export function ndjson(kind, bytes) {
  const report = { lines: 0, valid: 0, invalid: 0, warned: 0, bad: [] };
  const validate = kind === 'createTracker' ? createTracker : checkBucket;
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let line = 1; at < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, at);
    const text = bytes.subarray(at, newline < 0 ? bytes.length : newline);
    if (!text.every((byte) => WHITE.includes(byte))) {
      const broken = breaksAt(text);
      const decoded = (part) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(part);
      const result =
        broken < 0
          ? validate(() => JSON.parse(decoded(text)))
          : {
              issues: [
                {
                  code: 'invalid_json',
                  path: [],
                  params: {
                    line,
                    column: characters(decoded(text.subarray(0, broken))).length + 1,
                    offset: at + broken,
                  },
                },
              ],
              warnings: [],
            };
      report.lines += 1;
      report[result.issues.length > 0 ? 'invalid' : 'valid'] += 1;
      if (result.warnings.length > 0) report.warned += 1;
      if (result.issues.length > 0) report.bad.push({ line, issues: result.issues, warnings: result.warnings });
    }
    at += text.length + 1;
  }
  return report;
}
