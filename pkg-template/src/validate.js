// The validators: read, one call into the wasm, the answer.
import { facts } from '../generated/facts.js';
import { instance, trapped } from './engine.js';
import { CtsError } from './error.js';
import { next, open, readIssues } from './issues.js';
import { compileLocale } from './messages.js';
import { NONE, readField, readRequest, valueOf } from './read.js';
import { wellFormed, writeDraft } from './write.js';

const FINE = 0;
const CORRUPT = 1;

/** Writes a draft and has it judged. The answer is an address, or FINE. */
function ask(draft, call) {
  try {
    const answer = call(instance(), writeDraft(draft));
    if (answer !== CORRUPT) return answer;
  } catch (cause) {
    throw cause instanceof CtsError ? cause : trapped(cause);
  }
  throw new CtsError('internal', 'internal error: the draft could not be read back');
}

function validation(answer, locale, value) {
  if (answer === FINE) return { value: value(), warnings: NONE };
  open(answer);
  const issues = readIssues(locale);
  const warnings = readIssues(locale);
  return issues.length === 0 ? { value: value(), warnings } : { issues, warnings };
}

/** The locale of the options, an unknown one being misuse whether or not there is an issue to word. */
function localeOf(options) {
  const locale = options?.locale;
  if (locale !== undefined && locale !== 'en') compileLocale(locale);
  return locale;
}

function createTracker(input, options, form) {
  const locale = localeOf(options);
  const draft = readRequest('createTracker', input, form);
  const answer = ask(draft, (wasm, length) => wasm.create_tracker(length));
  return validation(answer, locale, () => {
    // The documented default of the management tracker.
    draft.slots[1] ??= facts.systemTrackerName;
    return valueOf(draft);
  });
}

function checkObsBuckets(input, options, form) {
  const locale = localeOf(options);
  const draft = readRequest('checkObsBuckets', input, form);
  const answer = ask(draft, (wasm, length) => wasm.check_obs_buckets(length));
  return validation(answer, locale, () => valueOf(draft));
}

/** Judges the body of CreateTracker. */
export const validateCreateTracker = (input, options) => createTracker(input, options, false);
/** The same of what HTML controls give: '' is absent, '30' is 30, 'on' is true. */
export const validateCreateTrackerForm = (input, options) => createTracker(input, options, true);
/** Judges the body of CheckObsBuckets. */
export const validateCheckObsBuckets = (input, options) => checkObsBuckets(input, options, false);
export const validateCheckObsBucketsForm = (input, options) => checkObsBuckets(input, options, true);

const FOR_CREATION = 1;
const SYSTEM_TRACKER = 2;
const ENCRYPTION_KNOWN = 4;
const ENCRYPTED = 8;

function flag(options, name) {
  const value = options?.[name];
  if (value === undefined || value === null || typeof value === 'boolean') return value ?? undefined;
  throw new TypeError(`${name} must be true or false`);
}

function fieldOptions(options) {
  if (options === undefined || options === null) return 0;
  if (typeof options !== 'object') throw new TypeError('options must be an object');
  const { trackerType } = options;
  if (trackerType !== undefined && trackerType !== null && !facts.limits.trackerType.values.includes(trackerType)) {
    throw new TypeError(`trackerType must be ${facts.limits.trackerType.values.map((word) => `'${word}'`).join(' or ')}`);
  }
  const encrypted = flag(options, 'encrypted');
  return (flag(options, 'forCreation') ? FOR_CREATION : 0)
    | (trackerType === 'system' ? SYSTEM_TRACKER : 0)
    | (encrypted === undefined ? 0 : ENCRYPTION_KNOWN)
    | (encrypted ? ENCRYPTED : 0);
}

function oneField(name) {
  const field = facts.oneField.indexOf(name);
  const isInteger = name === 'bucketLifecycle';
  const hasDefault = name === 'trackerName';
  return (input, options) => {
    const bits = fieldOptions(options);
    const locale = localeOf(options);
    const draft = readField(isInteger, input);
    const answer = ask(draft, (wasm, length) => wasm.one_field(field, bits, length));
    return validation(answer, locale, () => {
      if (draft === undefined && hasDefault && bits & SYSTEM_TRACKER) return facts.systemTrackerName;
      return typeof draft === 'string' ? wellFormed(draft) : draft;
    });
  };
}

export const validateBucketName = /* @__PURE__ */ oneField('bucketName');
export const validateFilePrefixName = /* @__PURE__ */ oneField('filePrefixName');
export const validateTrackerName = /* @__PURE__ */ oneField('trackerName');
export const validateKmsId = /* @__PURE__ */ oneField('kmsId');
export const validateBucketLifecycle = /* @__PURE__ */ oneField('bucketLifecycle');
export const validateCompressType = /* @__PURE__ */ oneField('compressType');
export const validateBucketLocation = /* @__PURE__ */ oneField('bucketLocation');
export const validateProjectId = /* @__PURE__ */ oneField('projectId');
export const validateDomainId = /* @__PURE__ */ oneField('domainId');

/** Which fields of a CreateTracker form apply and which are required, as far as the draft is filled. */
export function fieldState(draft) {
  const answer = ask(readRequest('createTracker', draft, true), (wasm, length) => wasm.field_state(length));
  open(answer);
  const states = {};
  for (const path of facts.fieldStatePaths) {
    const bits = next();
    const required = (bits & 1) === 1;
    states[path] = bits > 1
      ? { applies: false, required, reason: facts.codes[(bits >> 1) - 1] }
      : { applies: true, required };
  }
  return states;
}
