// A second implementation of the rule table in plain JavaScript, written independently of the validators: both are
// unlikely to have the same error. It is slow and has no messages.
export { checkObsBuckets } from './oracle/check-obs-buckets.mjs';
export { createTracker } from './oracle/create-tracker.mjs';
export { ndjson } from './oracle/ndjson.mjs';
export { oneField } from './oracle/one-field.mjs';
export { RULES } from './oracle/rules-read.mjs';
