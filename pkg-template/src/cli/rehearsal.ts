// What the emulator of a rehearsal starts with: what the requests of a file say is there. A request is about no other
// bucket and no other key, so what is left to go wrong is what the requests make of it one after the other.

/** For CreateTracker, which does not say where a bucket is. One that a request has made is not there before. */
export function worldOfTrackers(requests) {
  const made = new Set(requests.map(({ obs_info: info }) => info?.is_obs_created && info.bucket_name));
  const named = requests.flatMap(({ obs_info: info, data_bucket: tracked }) => [
    info?.bucket_name,
    tracked?.data_bucket_name,
  ]);
  const there = new Set(named.filter((name) => name && !made.has(name)));
  return { buckets: [...there].map((name) => ({ name, location: '' })), keys: keysOf(requests) };
}

/** For CheckObsBuckets. A bucket is in one place: the one that is named first. */
export function worldOfBuckets(requests) {
  const places = new Map();
  for (const { bucket_name: name, bucket_location: location } of requests)
    if (!places.has(name)) places.set(name, location);
  return { buckets: [...places].map(([name, location]) => ({ name, location })), keys: keysOf(requests) };
}

const keysOf = (requests) => [...new Set(requests.map(({ kms_id: key }) => key).filter(Boolean))];
