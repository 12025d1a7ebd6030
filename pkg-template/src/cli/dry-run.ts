// The buckets and keys that exist in the emulator of a dry run: those that the requests of the file name. What can still
// fail is what the requests do to each other.
import type { CheckBucketRequest, CreateTrackerRequestBody } from '../validation/wire.js';

export interface Account {
  buckets: { name: string; location: string }[];
  keys: string[];
}

const keysOf = (requests: readonly { kms_id?: string }[]) => [
  ...new Set(requests.flatMap(({ kms_id: key }) => (key ? [key] : []))),
];

/** CreateTracker has no location of a bucket. A bucket that a request creates does not exist before. */
export function accountForTrackers(requests: readonly CreateTrackerRequestBody[]): Account {
  const created = new Set(requests.map(({ obs_info: info }) => info?.is_obs_created && info.bucket_name));
  const named = new Set(requests.flatMap((body) => [body.obs_info?.bucket_name, body.data_bucket?.data_bucket_name]));
  return {
    buckets: [...named].flatMap((name) => (name && !created.has(name) ? [{ name, location: '' }] : [])),
    keys: keysOf(requests),
  };
}

/** A bucket has one location: the first that the file names. */
export function accountForBuckets(requests: readonly CheckBucketRequest[]): Account {
  const locations = new Map<string, string>();
  for (const { bucket_name: name, bucket_location: location } of requests) {
    if (!locations.has(name)) locations.set(name, location);
  }
  return { buckets: [...locations].map(([name, location]) => ({ name, location })), keys: keysOf(requests) };
}
