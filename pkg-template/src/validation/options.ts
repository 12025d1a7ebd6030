// What a caller asks for besides a judgement. Misuse throws, whether or not there is an issue to word.
import { facts } from '../generated/facts.js';
import { compileLocale } from '../messages/messages.js';
import { booleanOption, objectOption } from '../options.js';

/** The locale of a caller's options. */
export function localeOf(options) {
  if (options === undefined) return undefined;
  const { locale } = objectOption(options);
  if (locale !== undefined && locale !== 'en') compileLocale(locale);
  return locale;
}

const FOR_CREATION = 1;
export const SYSTEM_TRACKER = 2;
const ENCRYPTION_KNOWN = 4;
const ENCRYPTED = 8;

/** The options of a field's validator, as the bits that `one_field` of src/wasm/validators.rs takes. */
export function fieldOptions(given) {
  if (given === undefined) return 0;
  const options = objectOption(given);
  const { trackerType } = options;
  const { values } = facts.limits.trackerType;
  if (trackerType !== undefined && trackerType !== null && !values.includes(trackerType)) {
    throw new TypeError(`trackerType must be ${values.map((word) => `'${word}'`).join(' or ')}`);
  }
  const encrypted = booleanOption(options.encrypted, 'encrypted');
  return (
    (booleanOption(options.forCreation, 'forCreation') ? FOR_CREATION : 0) |
    (trackerType === 'system' ? SYSTEM_TRACKER : 0) |
    (encrypted === undefined ? 0 : ENCRYPTION_KNOWN) |
    (encrypted ? ENCRYPTED : 0)
  );
}
