// The validators: read, one call into the wasm, the answer.

import { byNames } from '../forms/form-values.js';
import { facts } from '../generated/facts.js';
import { next, open, readIssues } from './issues.js';
import { fieldOptions, localeOf, SYSTEM_TRACKER } from './options.js';
import { CHECK_OBS_BUCKETS, CREATE_TRACKER, readField, readRequest } from './read.js';
import { FINE, submit } from './write.js';

const NONE = Object.freeze([]);

/** The answer, if there is anything to say: `value` stays away from issues. */
function told(answer, locale, value) {
  open(answer);
  const issues = readIssues(locale);
  const warnings = readIssues(locale);
  return issues.length === 0 ? { value: value(), warnings } : { issues, warnings };
}

const judgeTracker = (wasm, marks, texts) => wasm.create_tracker(marks, texts);
const judgeBuckets = (wasm, marks, texts) => wasm.check_obs_buckets(marks, texts);
const judgeField = (wasm, marks, texts, field, options) => wasm.one_field(marks, texts, field, options);
const judgeState = (wasm, marks, texts) => wasm.field_state(marks, texts);

function createTracker(input, options, form) {
  const locale = localeOf(options);
  const draft = readRequest(CREATE_TRACKER, input, form);
  const answer = submit(draft, judgeTracker);
  return answer === FINE ? { value: trackerOf(draft), warnings: NONE } : told(answer, locale, () => trackerOf(draft));
}

function trackerOf({ root }) {
  if (root.tracker_name !== undefined) return root;
  // The documented default of the management tracker, in its place.
  const { tracker_type, ...rest } = root;
  return { tracker_type, tracker_name: facts.systemTrackerName, ...rest };
}

function checkObsBuckets(input, options, form) {
  const locale = localeOf(options);
  const draft = readRequest(CHECK_OBS_BUCKETS, input, form);
  const answer = submit(draft, judgeBuckets);
  return answer === FINE ? { value: draft.root, warnings: NONE } : told(answer, locale, () => draft.root);
}

/** Judges the body of CreateTracker. */
export const validateCreateTracker = (input, options) => createTracker(input, options, false);
/** The same of what HTML controls give: '' is absent, '30' is 30, 'on' is true. */
export const validateCreateTrackerForm = (input, options) => createTracker(byNames(input), options, true);
/** Judges the body of CheckObsBuckets. */
export const validateCheckObsBuckets = (input, options) => checkObsBuckets(input, options, false);
export const validateCheckObsBucketsForm = (input, options) => checkObsBuckets(byNames(input), options, true);

function oneField(name) {
  const field = facts.oneField.indexOf(name);
  const type = name === 'bucketLifecycle' ? 'integer' : 'string';
  const hasDefault = name === 'trackerName';
  return (input, options) => {
    const bits = fieldOptions(options);
    const locale = localeOf(options);
    const draft = readField(type, input);
    const answer = submit(draft, judgeField, field, bits);
    if (draft.root === undefined && hasDefault && bits & SYSTEM_TRACKER) draft.root = facts.systemTrackerName;
    return answer === FINE ? { value: draft.root, warnings: NONE } : told(answer, locale, () => draft.root);
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
  open(submit(readRequest(CREATE_TRACKER, byNames(draft), true), judgeState));
  const states = {};
  for (const path of facts.fieldStatePaths) {
    const bits = next();
    const required = (bits & 1) === 1;
    states[path] =
      bits > 1 ? { applies: false, required, reason: facts.codes[(bits >> 1) - 1] } : { applies: true, required };
  }
  return states;
}
