// Random requests: valid ones with a few changes, so that there are valid and invalid ones and every rule is covered.

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const FLAG = 'is_support_trace_files_encryption';
const TABLES = {
  createTracker: [
    'tracker_type',
    'tracker_name',
    'is_lts_enabled',
    'is_organization_tracker',
    'management_event_selector',
    'obs_info',
    FLAG,
    'kms_id',
    'is_support_validate',
    'data_bucket',
    'agency_name',
  ],
  management_event_selector: ['exclude_service'],
  obs_info: [
    'bucket_name',
    'file_prefix_name',
    'is_obs_created',
    'bucket_lifecycle',
    'compress_type',
    'is_sort_by_service',
  ],
  data_bucket: ['data_bucket_name', 'data_event'],
  checkObsBuckets: ['buckets'],
  bucket: ['bucket_name', 'bucket_location', 'kms_id', FLAG],
};

const KEY_ID = '13a4207c-7abe-4b68-8510-16b84c3b5504';
// Characters at the edges of the allowed sets, and characters that decoders often get wrong.
const EDGES = [...'azAZ09-_./:@[`{, \t\n\0"\\é桶\u{ff41}\u{1f41f}\u{e000}\ufeff\ufffd\u2028'];
const IP = ['1.2.3.4', '999.1.1.1', '1.2.3', '1.2.3.4.5', '1.2.3.x', '1..2.3', '01.2.3.4'];
const RARE_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  '0',
  '10',
  '7',
  '4294967295',
  '-1',
  'x',
  '\ufeff',
  '桶',
  '\u{1f41f}',
  'toJSON',
  'length',
  'a'.repeat(300),
];

/**
 * @param {ReturnType<import('./random.mjs').randomFrom>} random
 * @param {(random: object) => unknown} [odd] returns a value of a wrong type; JSON values by default
 */
export function requestsFrom(random, oddValue = oddJson) {
  const { below, chance, one, between, shuffled } = random;
  // Odd values are not copied: reading them may throw or never end.
  const odds = new WeakSet();
  const isOurs = (value) => typeof value === 'object' && value !== null && !odds.has(value);
  function odd() {
    const value = oddValue(random);
    if (typeof value === 'object' && value !== null) odds.add(value);
    return value;
  }

  const text = (alphabet, min, max) => Array.from({ length: between(min, max) }, () => one(alphabet)).join('');
  const flag = () => chance(0.5);

  const bucketName = () => (chance(0.9) ? `${text(LOWER, 1, 8)}-${text(LOWER, 1, 8)}` : text(`${LOWER}-.`, 3, 63));

  /** Makes one change to a string. */
  function bent(value) {
    const at = below(value.length + 1);
    switch (below(12)) {
      case 0:
        return '';
      case 1:
        return value.slice(0, below(4));
      case 2:
        return value.slice(0, at) + one(EDGES) + value.slice(at);
      case 3:
        return value.slice(0, at) + one(EDGES) + value.slice(at + 1);
      case 4:
        return one('-._') + value;
      case 5:
        return value + one('-._ \n');
      case 6:
        return value.slice(0, at) + one(['..', '.-', '-.', '--']) + value.slice(at);
      case 7:
        return one(IP);
      // Lengths one below, at and one above the limits.
      case 8:
        return one(LOWER).repeat(one([1, 2, 3, 31, 32, 33, 35, 36, 37, 62, 63, 64, 65]));
      case 9:
        return one(['é', '\u{1f41f}', 'a']).repeat(one([2, 3, 32, 33, 63, 64, 65]));
      case 10:
        return chance(0.5)
          ? value.toUpperCase()
          : value.slice(0, at) + value.slice(at, at + 1).toUpperCase() + value.slice(at + 1);
      default:
        return value.slice(1);
    }
  }

  const words = {
    tracker_type: () => one(['system', 'data', 'System', 'DATA', 'dat', '']),
    tracker_name: () => one(['system', 'system-trace', 'System', 'tracker-1', '_x', '-', 'Aa0_-']),
    compress_type: () => one(['gzip', 'json', 'GZIP', 'Json', '', 'zip']),
    agency_name: () => one(['cts_admin_trust', 'CTS_ADMIN_TRUST', '']),
    kms_id: () => one([KEY_ID, '', KEY_ID.toUpperCase(), 'x', `${KEY_ID}0`]),
    bucket_location: () => one(['cn-north-1', '', 'cn', 'CN-north-1', 'eu-west-101', 'a--b', '-a']),
    bucket_lifecycle: () => one([30, 60, 90, 180, 1095, 0, -30, 29, 31, 1094, 1096, 30.5, 1e21, -0, 2 ** 53, 1e-7]),
    data_event: () =>
      Array.from({ length: below(11) }, () => one(['READ', 'WRITE', 'READ', 'WRITE', 'read', 'delete', ''])),
    exclude_service: () => Array.from({ length: below(4) }, () => one(['KMS', 'KMS', 'kms', 'OBS'])),
  };

  /** A valid or almost valid value of the field. */
  function other(key, value) {
    if (Object.hasOwn(words, key) && chance(0.7)) return words[key]();
    if (typeof value === 'string') return bent(value);
    if (typeof value === 'boolean') return !value;
    if (isOurs(value) && Array.isArray(value) && value.length > 0 && chance(0.8)) {
      const copy = [...value];
      const at = below(copy.length);
      if (chance(0.3)) copy.push(copy[at]);
      else if (chance(0.5)) copy[at] = odd();
      else copy.splice(at, 1);
      return copy;
    }
    return odd();
  }

  function knownKey(key) {
    const at = below(key.length);
    switch (below(8)) {
      case 0:
        return key.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
      case 1:
        return key.toUpperCase();
      case 2:
        return key.replaceAll('_', '-');
      case 3:
        return key.slice(0, at) + key.slice(at + 1);
      case 4:
        return key.slice(0, at) + one(EDGES) + key.slice(at);
      case 5:
        return key.slice(0, at) + one(EDGES) + key.slice(at + 1);
      case 6:
        return key.slice(0, at) + key.slice(Math.min(at + between(2, 3), key.length));
      default:
        return `${one(['x', '\ufeff', ' '])}${key}`;
    }
  }

  /** Changes a field of an object of the table; the field may be absent. */
  function changeField(object, table) {
    const key = one(TABLES[table]);
    const roll = below(10);
    if (roll < 3) delete object[key];
    else if (roll < 8) object[key] = other(key, object[key] ?? (chance(0.5) ? bucketName() : flag()));
    else object[key] = odd();
  }

  function addUnknown(object, table) {
    const key = chance(0.7) ? knownKey(one(TABLES[table])) : one(RARE_KEYS);
    if (TABLES[table].includes(key)) return;
    Object.defineProperty(object, key, { value: odd(), enumerable: true, configurable: true, writable: true });
  }

  function reordered(object) {
    const copy = {};
    for (const key of shuffled(Object.keys(object))) {
      Object.defineProperty(copy, key, { value: object[key], enumerable: true, configurable: true, writable: true });
    }
    return copy;
  }

  function change(body, table, nested) {
    const inside = nested(body).filter(([value]) => isOurs(value));
    const [object, name] = chance(0.5) && inside.length > 0 ? one(inside) : [body, table];
    if (chance(0.8)) changeField(object, name);
    else addUnknown(object, name);
  }

  function finished(body, changes) {
    for (let count = below(4); count > 0; count--) changes(body);
    if (chance(0.02)) return odd();
    return chance(0.3) ? reordered(body) : body;
  }

  const some = (share, object, key, value) => {
    if (chance(share)) object[key] = value();
  };

  function createTracker() {
    const isSystem = chance(0.5);
    const body = { tracker_type: isSystem ? 'system' : 'data' };
    if (!isSystem) body.tracker_name = text(`${LOWER}AZ`, 1, 6) + text(`${LOWER}-_`, 0, 26);
    else some(0.5, body, 'tracker_name', () => 'system');
    some(0.3, body, 'is_lts_enabled', flag);
    some(0.2, body, 'is_organization_tracker', flag);
    some(0.2, body, 'management_event_selector', () => (chance(0.8) ? { exclude_service: ['KMS'] } : {}));
    some(0.7, body, 'obs_info', () => {
      const info = { bucket_name: bucketName() };
      some(0.5, info, 'file_prefix_name', () => text(`${LOWER}AZ-_.`, 0, 64));
      some(0.5, info, 'is_obs_created', flag);
      some(0.3, info, 'bucket_lifecycle', () => one([30, 60, 90, 180, 1095]));
      some(0.4, info, 'compress_type', () => one(['gzip', 'json']));
      some(0.3, info, 'is_sort_by_service', flag);
      return info;
    });
    if (isSystem && chance(0.3)) {
      body[FLAG] = flag();
      body.kms_id = KEY_ID;
    }
    some(0.3, body, 'is_support_validate', flag);
    if (!isSystem) {
      const same = chance(0.05) && body.obs_info?.bucket_name;
      body.data_bucket = {
        data_bucket_name: same || bucketName(),
        data_event: shuffled(['READ', 'WRITE']).slice(below(2)),
      };
    }
    some(0.2, body, 'agency_name', () => 'cts_admin_trust');
    const nested = (of) => ['obs_info', 'data_bucket', 'management_event_selector'].map((key) => [of[key], key]);
    return finished(body, (of) => change(of, 'createTracker', nested));
  }

  function bucket() {
    const item = { bucket_name: bucketName(), bucket_location: one(['cn-north-1', 'eu-west-101', 'eu-de']) };
    if (chance(0.4)) {
      item[FLAG] = flag();
      item.kms_id = KEY_ID;
    }
    return item;
  }

  function checkObsBuckets() {
    const body = { buckets: Array.from({ length: below(chance(0.9) ? 5 : 14) }, bucket) };
    if (chance(0.2) && body.buckets.length > 1) body.buckets.push({ ...one(body.buckets) });
    const nested = (of) =>
      isOurs(of.buckets) && Array.isArray(of.buckets) ? of.buckets.map((item) => [item, 'bucket']) : [];
    return finished(body, (of) => change(of, 'checkObsBuckets', nested));
  }

  function checkBucket() {
    const item = bucket();
    return finished(item, (of) => change(of, 'bucket', () => []));
  }

  /** A value of the field with this validator. */
  function oneField(name) {
    const good = {
      bucketName,
      filePrefixName: () => text(`${LOWER}AZ-_.`, 0, 64),
      trackerName: () => text(`${LOWER}-_`, 1, 32),
      kmsId: words.kms_id,
      bucketLifecycle: words.bucket_lifecycle,
      compressType: words.compress_type,
      bucketLocation: words.bucket_location,
      projectId: () => text(`${LOWER}AZ-_`, 30, 34),
      domainId: () => text(`${LOWER}AZ-_`, 1, 65),
    }[name]();
    if (chance(0.1)) return odd();
    return typeof good === 'string' && chance(0.6) ? bent(good) : good;
  }

  return { createTracker, checkObsBuckets, checkBucket, oneField };
}

/** A JSON value of any type. */
export function oddJson({ one }) {
  return one([
    null,
    null,
    true,
    false,
    0,
    1,
    30,
    30.5,
    -1,
    '',
    '30',
    'true',
    'system',
    'data',
    'abc',
    [],
    {},
    [null],
    ['KMS'],
    ['READ'],
    [1],
    [[]],
    { bucket_name: 'abc' },
    { buckets: [] },
    [{}],
  ]);
}
