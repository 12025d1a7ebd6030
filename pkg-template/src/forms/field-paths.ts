// The paths of the fields that a form has.
import type { CreateTrackerPath } from '../generated/names.js';
import { fields } from '../messages/en.js';
import { parsePath } from '../validation/paths.js';
import type { CheckBucketRequest } from '../validation/wire.js';

type Lists = 'management_event_selector.exclude_service' | 'data_bucket.data_event';
type Buckets = `buckets.${number}` | `buckets[${number}]`;

/** A field of a form: one of CreateTracker, an item of its lists, one of CheckObsBuckets, or an ID of a URL. */
export type FieldPath =
  | CreateTrackerPath
  | `${Lists}.${number}`
  | `${Lists}[${number}]`
  | 'buckets'
  | Buckets
  | `${Buckets}.${keyof CheckBucketRequest}`
  | 'project_id'
  | 'domain_id';

const INDEX = /(^buckets|exclude_service|data_event)\.\d+(?=\.|$)/;

/** The name of a field, which is its path without indexes: `buckets.kms_id`. Any other path is a `TypeError`. */
export function fieldName(path: FieldPath | readonly (string | number)[]): string {
  const given = parsePath(path).join('.');
  const name = given.replace(INDEX, '$1');
  // A bucket of a request has a longer path.
  if (Object.hasOwn(fields, name) && name !== 'bucket_name') return name;
  throw new TypeError(`path must be a field, such as obs_info.bucket_name, not ${given}`);
}
