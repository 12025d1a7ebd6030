// Reads a value as JSON.stringify would send it, once, into a draft.
import { shapes } from '../generated/shapes.js';
import { Draft, object, primitive, unwrapped, wrong } from './values.js';

/** The draft of a body of the request's shape; with `form`, of what HTML controls give. */
export function readRequest(shape, value, form) {
  const draft = new Draft(shape.put);
  const body = unwrapped(value, '');
  // A body is never absent: null stays what it is.
  draft.root = body === undefined || body === null ? wrong(null) : object(shape.take, body, draft, form);
  return draft;
}

/** The draft of one field's value. */
export function readField(type, value) {
  const draft = new Draft();
  draft.root = primitive(type, unwrapped(value, ''), false);
  return draft;
}

export const CREATE_TRACKER = shapes.CreateTrackerRequestBody;
export const CHECK_OBS_BUCKETS = shapes.CheckObsBucketsRequestBody;
