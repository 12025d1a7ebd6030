// What a caller asks for besides a judgement. Misuse throws, whether or not there is an issue to word.
import { facts } from '../generated/facts.js';
import { compileLocale } from '../messages/messages.js';

/** Options, or those that stand under a name of their own, as an object. */
export function optionsOf(options, name = 'options') {
  if (options === undefined || options === null) return {};
  if (typeof options !== 'object') throw new TypeError(`${name} must be an object`);
  return options;
}

/** The locale of a caller's options. */
export function localeOf(options) {
  if (options === undefined) return undefined;
  const { locale } = optionsOf(options);
  if (locale !== undefined && locale !== 'en') compileLocale(locale);
  return locale;
}

/** An option that is called. */
export function functionOf(options, name) {
  const value = options[name];
  if (value === undefined || value === null || typeof value === 'function') return value ?? undefined;
  throw new TypeError(`${name} must be a function`);
}

/** An option that is true, false or not given. */
export function flagOf(options, name) {
  const value = options[name];
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
  throw new TypeError(`${name} must be true or false`);
}

const FOR_CREATION = 1;
export const SYSTEM_TRACKER = 2;
const ENCRYPTION_KNOWN = 4;
const ENCRYPTED = 8;

/** The options of a field's validator, as the bits that `one_field` of src/wasm/validators.rs takes. */
export function fieldOptions(given) {
  if (given === undefined) return 0;
  const options = optionsOf(given);
  const { trackerType } = options;
  const { values } = facts.limits.trackerType;
  if (trackerType !== undefined && trackerType !== null && !values.includes(trackerType)) {
    throw new TypeError(`trackerType must be ${values.map((word) => `'${word}'`).join(' or ')}`);
  }
  const encrypted = flagOf(options, 'encrypted');
  return (
    (flagOf(options, 'forCreation') ? FOR_CREATION : 0) |
    (trackerType === 'system' ? SYSTEM_TRACKER : 0) |
    (encrypted === undefined ? 0 : ENCRYPTION_KNOWN) |
    (encrypted ? ENCRYPTED : 0)
  );
}
