// Values by the names of a form's controls, put together to the shape of a request.
import { parsePath } from '../validation/paths.js';
import { unwrapped } from '../validation/values.js';

const tagOf = Object.prototype.toString;
const INDEX = /^\d{1,7}$/;
/** A path in dot or bracket spelling, of two steps or more; or `name[]`, as some give a list. */
const PATH = /^\w+(\.\w+|\[\w*\])+$/;

/**
 * What `FormData` holds, or an object with names such as `obs_info.bucket_name` or `data_event[]`, as nested values.
 * Anything else stays what it is.
 */
export function byNames(values) {
  // As toJSON, since it may throw what the values throw.
  return unwrapped({ toJSON: () => nested(unwrapped(values, '')) }, '');
}

function nested(values) {
  const tag = tagOf.call(values);
  const isForm = tag === '[object FormData]' || tag === '[object URLSearchParams]';
  if (!isForm && !(tag === '[object Object]' && Object.keys(values).some((name) => PATH.test(name)))) return values;
  const named = new Map();
  for (const [name, value] of isForm ? values : Object.entries(values)) {
    // Controls of one name are a list.
    named.set(name, named.has(name) ? [named.get(name), value].flat() : value);
  }
  const out = group();
  for (const [name, value] of named) put(out, name, value);
  return out;
}

// Without a prototype, so that no name means anything to it.
const group = () => ({ __proto__: null });

function put(out, name, value) {
  const steps = PATH.test(name) ? parsePath(name) : [name];
  let at = out;
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1;
    // Two names that do not fit together: the later one is a key that nobody knows.
    if ((Array.isArray(at) && !INDEX.test(step)) || (step in at && (last || !made.has(at[step])))) break;
    if (last) return void (at[step] = value);
    if (!(step in at)) made.add((at[step] = INDEX.test(steps[i + 1]) ? [] : group()));
    at = at[step];
  }
  out[name] = value;
}

const made = /* @__PURE__ */ new WeakSet();
