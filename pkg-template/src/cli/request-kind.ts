// The two kinds of requests that a file may have.
import type { Issue, Validation } from '../validation/issue.js';
import type { CheckBucketRequest, CreateTrackerRequestBody } from '../validation/wire.js';
import type { Shell } from './command.js';
import type { Item } from './document.js';
import { trackerNameOfLine } from './duplicate-trackers.js';

export interface RequestKind<Body> {
  readonly name: 'createTracker' | 'checkBucket';
  validate(shell: Shell, value: unknown): Validation<Body | undefined>;
  /** The requests in an item of a document. */
  expand(item: Item): Iterable<Item>;
  /** The name that a file must not have twice. */
  readonly uniqueName?: { ofBody(body: Body): string; ofLine(line: Buffer): string };
}

export const TRACKERS: RequestKind<CreateTrackerRequestBody> = {
  name: 'createTracker',
  validate: ({ core, locale }, value) => core.validateCreateTracker(value, { locale }),
  expand: (item) => [item],
  uniqueName: { ofBody: (body) => body.tracker_name, ofLine: trackerNameOfLine },
};

export const BUCKETS: RequestKind<CheckBucketRequest> = {
  name: 'checkBucket',
  validate({ core, locale }, value) {
    const { value: body, issues, warnings } = core.validateCheckObsBuckets({ buckets: [value] }, { locale });
    if (!issues) return { value: body.buckets?.[0], warnings: warnings.map(ofBucket) };
    const [first, ...rest] = issues;
    return { issues: [ofBucket(first), ...rest.map(ofBucket)], warnings: warnings.map(ofBucket) };
  },
  /** A document may also be the whole body of CheckObsBuckets. */
  expand(item) {
    const { value, locate } = item;
    if (!isObject(value) || !Array.isArray(value.buckets) || value.bucket_name !== undefined) return [item];
    return value.buckets.map((bucket: unknown, i) => ({
      value: bucket,
      inList: true,
      locate: (path) => locate(['buckets', i, ...path]),
    }));
  },
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** An issue of a list with one bucket, as an issue of that bucket. */
const ofBucket = (issue: Issue): Issue => ({ ...issue, path: issue.path.slice(2) });
