import { createTracker } from '../generated/encode.js';
import { type FieldType, isList, isObject } from '../validation/normalize.js';
import { trackerTypeOption } from '../validation/options.js';
import type { CreateTrackerForm } from './form-types.js';

/**
 * The default values of a form for CreateTracker: `''` for text, false for a box, `[]` for a list. `is_sort_by_service` is
 * true, as it is by default in the service. Each call returns a new object.
 */
export function emptyTrackerForm(trackerType?: 'system' | 'data'): CreateTrackerForm {
  const form = emptyValue(createTracker.type) as CreateTrackerForm;
  form.tracker_type = trackerTypeOption(trackerType) ?? '';
  form.obs_info.is_sort_by_service = true;
  return form;
}

function emptyValue(type: FieldType): unknown {
  if (isList(type)) return [];
  if (!isObject(type)) return type === 'boolean' ? false : '';
  return Object.fromEntries(Object.entries(type).map(([field, inside]) => [field, emptyValue(inside)]));
}
