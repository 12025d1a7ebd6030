// Requests that would create trackers like those in the answer of a lookup.
import type { Tracker } from 'cts-tracker';
import { draftOf } from '../trackers/draft.js';
import { type ImportedRequest, isObject, note, type Request } from './request.js';

/** Fields that answers have and requests lack. */
const ONLY_IN_ANSWERS = ['id', 'create_time', 'lts', 'status', 'detail', 'domain_id', 'project_id', 'stream_id'];

export const isTracker = (value: unknown): value is Request =>
  isObject(value) && ONLY_IN_ANSWERS.some((key) => key in value);

/** The paths of the values in an object that are not objects. */
function pathsOf(value: unknown, path: readonly string[] = []): string[] {
  return isObject(value)
    ? Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))
    : [path.join('.')];
}

const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

/** Where the request has the value of an answer. */
const pathInRequest = (path: string): string => (path === 'lts.is_lts_enabled' ? 'is_lts_enabled' : path);

const isEmpty = (value: unknown): boolean => value === '' || value === 0 || value === null;

export function requestOfTracker(tracker: Request): ImportedRequest {
  // An answer that was pasted may have any shape: what is not an object has no fields.
  const objects = ['obs_info', 'data_bucket', 'lts', 'management_event_selector'];
  const shaped = Object.fromEntries(
    Object.entries(tracker).filter(([key, value]) => !objects.includes(key) || isObject(value)),
  );
  const request = draftOf(shaped as Tracker);
  const lost = pathsOf(tracker).filter(
    (path) => !isEmpty(valueAt(tracker, path)) && valueAt(request, pathInRequest(path)) === undefined,
  );
  return {
    name: String(tracker.tracker_name ?? ''),
    request,
    notes: lost.map((path) => note('answer', path)),
    projectId: typeof tracker.project_id === 'string' ? tracker.project_id : undefined,
  };
}
