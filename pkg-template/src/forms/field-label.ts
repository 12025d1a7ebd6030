import { en } from '../messages/en.js';
import { type Locale, localeOption } from '../messages/locale.js';
import { type FieldPath, fieldName } from './field-paths.js';

/**
 * The label of a field, in the terms of the vendor's console: `fieldLabel('obs_info.bucket_name')`. The path of an issue is
 * accepted too. A path that is not a field throws a `TypeError`.
 */
export function fieldLabel(path: FieldPath | readonly (string | number)[], locale: Locale = en): string {
  localeOption(locale);
  const label = (locale.fields as Readonly<Record<string, string>>)[fieldName(path)] ?? '';
  return label.charAt(0).toUpperCase() + label.slice(1);
}
