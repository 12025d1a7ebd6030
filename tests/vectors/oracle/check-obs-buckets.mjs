// The body of checkObsBuckets, and one of its buckets.
import { Findings } from './findings.mjs';
import { ENCRYPTION, isOff, isTrue, present, readBody } from './objects.mjs';
import { bucketName, expect, keyId, list, location, unknownKeys } from './rows.mjs';
import { SERVER } from './service-codes.mjs';
import { read, readList, readObject } from './values.mjs';

const BUCKET_FIELDS = ['bucket_name', 'bucket_location', 'kms_id', ENCRYPTION];

/** An item of `buckets`. `firsts` has the earlier items by name and location. */
function bucket(found, field, path, firsts, index) {
  const inside = expect(found, readObject(field, BUCKET_FIELDS), path, 'object');
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
  const body = readBody(found, get, ['buckets']);
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
