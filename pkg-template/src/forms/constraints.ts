import { facts } from '../generated/facts.js';
import { formatPath, parsePath } from '../validation/paths.js';

/** What the rules allow, as data: `{ bucketName: { min, max, pattern }, bucketLifecycle: { values }, … }`. */
export const limits = /* @__PURE__ */ frozen(facts.limits);

function frozen(value) {
  if (typeof value === 'object') Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

function listOf(issues) {
  if (issues === undefined || issues === null) return [];
  if (!Array.isArray(issues)) throw new TypeError('issues must be a list, such as the `issues` of a validation');
  return issues;
}

/**
 * The messages by field: `{ 'obs_info.bucket_name': ['…'] }`, in the order of the issues. What concerns the whole value
 * stands under the empty string.
 */
export function toFieldErrors(issues, { style = 'dot' } = {}) {
  const errors = {};
  for (const issue of listOf(issues)) {
    const field = formatPath(issue.path, style);
    if (Object.hasOwn(errors, field)) errors[field].push(issue.message);
    else put(errors, field, [issue.message]);
  }
  return errors;
}

/**
 * The first message of each field, in the shape of the value: `{ obs_info: { bucket_name: '…' } }`. What concerns an
 * object that has messages inside stands there under the empty string, and so does what concerns the whole value.
 */
export function toNestedErrors(issues) {
  const errors = {};
  for (const { path, message } of listOf(issues)) {
    let at = errors;
    for (let i = 0; i < path.length - 1; i++) {
      const inside = Object.hasOwn(at, path[i]) ? at[path[i]] : undefined;
      if (typeof inside === 'object') at = inside;
      else at = put(at, path[i], around(inside, path[i + 1]));
    }
    const last = path.length === 0 ? '' : path[path.length - 1];
    if (!Object.hasOwn(at, last)) put(at, last, message);
    else if (typeof at[last] === 'object' && !Object.hasOwn(at[last], '')) put(at[last], '', message);
  }
  return errors;
}

// An object, or a list if the next step is an index; with the message that stood in its place.
function around(message, next) {
  const inside = typeof next === 'number' ? [] : {};
  if (message !== undefined) put(inside, '', message);
  return inside;
}

// Like an assignment, also for a key of the name __proto__.
function put(object, key, value) {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
  return value;
}

const ALWAYS_REQUIRED = ['tracker_type', 'bucket_location', 'project_id', 'domain_id'];
// What an unusual one gets is a warning: a pattern would keep the browser from sending it.
const WARNING_ONLY = ['kms_id', 'bucket_location'];

/**
 * What an HTML control of a field can be told: `{ required, minLength, maxLength, pattern, inputMode, values }`, each
 * only if it applies whatever the other fields say (`fieldState` tells the rest). A path is a list of steps, or text in
 * dot or bracket spelling. The pattern is for the whole value and compiles with the flag v, as `<input pattern>` does it.
 */
export function constraintsFor(path) {
  const steps = parsePath(path).filter((step) => typeof step !== 'number' && !/^\d+$/.test(step));
  const leaf = steps[steps.length - 1] ?? '';
  const name = leaf === 'data_bucket_name' ? 'bucketName' : leaf.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const constraints = {};
  if (ALWAYS_REQUIRED.includes(leaf) || steps.join('.') === 'buckets.bucket_name') constraints.required = true;
  if (!Object.hasOwn(limits, name)) return constraints;
  const { min, max, pattern, values } = limits[name];
  if (min > 0) constraints.minLength = min;
  if (max !== undefined) constraints.maxLength = max;
  if (pattern !== undefined && !WARNING_ONLY.includes(leaf)) constraints.pattern = pattern;
  if (leaf === 'bucket_lifecycle') constraints.inputMode = 'numeric';
  if (values !== undefined) constraints.values = values;
  return constraints;
}
