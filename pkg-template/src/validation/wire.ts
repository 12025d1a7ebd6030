// The bodies of requests and responses.
import type { CheckBucketRequest, CheckObsBucketsRequestBody, DataTracker, SystemTracker } from '../generated/wire.js';

export type * from '../generated/wire.js';

/** `T` as a caller may write it: lists may be read-only, and optional properties may be undefined. */
export type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? { [Key in keyof T]: {} extends Pick<T, Key> ? Given<T[Key]> | undefined : Given<T[Key]> }
    : T;

/**
 * A request as a caller may write it, also `as const`. The name of the management tracker may be left out; a validated
 * request has it.
 */
export type CreateTrackerInput =
  | Given<DataTracker>
  | Given<Omit<SystemTracker, 'tracker_name'> & { tracker_name?: SystemTracker['tracker_name'] }>;

/** A request as a caller may write it, also `as const`. */
export type CheckObsBucketsInput = Given<CheckObsBucketsRequestBody>;
/** A bucket to check as a caller may write it, also `as const`. */
export type CheckBucketInput = Given<CheckBucketRequest>;
