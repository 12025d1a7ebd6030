import type { CreateTrackerPath } from '../generated/names.js';
import { en } from '../messages/en.js';
import { type Locale, localeOption } from '../messages/locale.js';

/** The label of a field, in the terms of the vendor's console: `fieldLabel('obs_info.bucket_name')`. */
export function fieldLabel(path: CreateTrackerPath, locale: Locale = en): string {
  localeOption(locale);
  if (!Object.hasOwn(locale.fields, path)) throw new TypeError('path must be a field, such as obs_info.bucket_name');
  const label = locale.fields[path];
  return label.charAt(0).toUpperCase() + label.slice(1);
}
