// The body of createTracker.
import { Findings } from './findings.mjs';
import { ENCRYPTION, isOff, isTrue, present, readBody } from './objects.mjs';
import {
  bucketName,
  expect,
  filePrefixName,
  keyId,
  lifecycle,
  list,
  oneOf,
  trackerName,
  unknownKeys,
  words,
} from './rows.mjs';
import { SERVER } from './service-codes.mjs';
import { readList, readObject } from './values.mjs';

const TRACKER_FIELDS = [
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
];
const OBS_INFO_FIELDS = [
  'bucket_name',
  'file_prefix_name',
  'is_obs_created',
  'bucket_lifecycle',
  'compress_type',
  'is_sort_by_service',
];

function selectorOf(found, field, path, isData) {
  const inside = expect(found, readObject(field, ['exclude_service']), path, 'object');
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
  const field = readObject(given, ['data_bucket_name', 'data_event']);
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
  const body = readBody(found, get, TRACKER_FIELDS);
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
  const transfer = readObject(known.obs_info, OBS_INFO_FIELDS);
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
