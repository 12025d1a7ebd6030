// The options of a validator. Invalid options throw a `TypeError`, whether or not there is an issue to report.
import { trackerTypes } from '../generated/metadata.js';
import { type Locale, localeOption } from '../messages/locale.js';
import { booleanOption, invalidOption, objectOption } from '../options.js';

export interface ValidateOptions {
  /** The language of the messages: `en` or `zhCN`. Default: `en`. It is never read from the environment. */
  readonly locale?: Locale | undefined;
}
export interface BucketNameOptions extends ValidateOptions {
  /** CTS will create the bucket, so the rules of OBS for a new name are errors, not warnings. Default: false. */
  readonly forCreation?: boolean | undefined;
}
export interface TrackerNameOptions extends ValidateOptions {
  /** Default: `data`. */
  readonly trackerType?: 'system' | 'data' | undefined;
}
export interface KmsIdOptions extends ValidateOptions {
  /** Whether trace files are encrypted. Without it, neither a missing nor an unused key is reported. */
  readonly encrypted?: boolean | undefined;
}
/** The options of every field's validator. */
export interface FieldOptions extends BucketNameOptions, TrackerNameOptions, KmsIdOptions {}

export function localeOf(options: ValidateOptions | null | undefined): Locale | undefined {
  if (options === undefined) return undefined;
  return localeOption(objectOption(options).locale);
}

const FOR_CREATION = 1;
export const SYSTEM_TRACKER = 2;
const ENCRYPTION_KNOWN = 4;
const ENCRYPTED = 8;

export function trackerTypeOption<T>(trackerType: T): T {
  const values: readonly unknown[] = trackerTypes;
  if (trackerType !== undefined && trackerType !== null && !values.includes(trackerType)) {
    throw invalidOption(`trackerType must be ${values.map((word) => `'${word}'`).join(' or ')}`);
  }
  return trackerType;
}

/** The options of a field's validator as the bits that `one_field` of src/wasm/browser/validators.rs takes. */
export function fieldOptions(given: FieldOptions | null | undefined): number {
  if (given === undefined) return 0;
  const options = objectOption(given);
  const trackerType = trackerTypeOption(options.trackerType);
  const encrypted = booleanOption(options.encrypted, 'encrypted');
  return (
    (booleanOption(options.forCreation, 'forCreation') ? FOR_CREATION : 0) |
    (trackerType === 'system' ? SYSTEM_TRACKER : 0) |
    (encrypted === undefined ? 0 : ENCRYPTION_KNOWN) |
    (encrypted ? ENCRYPTED : 0)
  );
}
