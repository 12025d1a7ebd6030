// Fits a request into the form: which of its values the controls can hold. Pure.

import type { Control, Draft } from '../create-tracker/request.js';
import { isObject, type Note, note, type Request } from './request.js';

export interface Fitted {
  /** The values that the form can show. */
  readonly request: Draft;
  readonly notes: readonly Note[];
}

const sameType = ({ dataset }: Control, value: unknown): boolean => {
  if (dataset.boolean !== undefined) return typeof value === 'boolean';
  return typeof value === (dataset.number === undefined ? 'string' : 'number');
};

/** Whether the controls of a field can hold the value. */
function canHold(controls: readonly Control[], value: unknown): boolean {
  const [first] = controls;
  if (first?.dataset.list !== undefined)
    return Array.isArray(value) && value.every((item) => controls.some((control) => control.value === item));
  if (first?.type === 'radio') return controls.some((each) => each.value === String(value) && sameType(each, value));
  if (first?.type === 'checkbox') return first.value === 'on' ? typeof value === 'boolean' : value === first.value;
  // A text field removes line breaks.
  return typeof value === 'string' && !/[\r\n]/.test(value);
}

export function fitRequest(controls: readonly Control[], request: Request): Fitted {
  const fields = new Map<string, Control[]>();
  for (const control of controls)
    if (control.dataset.page === undefined) fields.set(control.name, [...(fields.get(control.name) ?? []), control]);
  const isGroup = (path: string) => [...fields.keys()].some((name) => name.startsWith(`${path}.`));
  const notes: Note[] = [];

  function fit(object: Request, prefix: string): Draft {
    const fitted: Draft = {};
    for (const [key, value] of Object.entries(object)) {
      const path = prefix + key;
      // The key itself may contain a dot.
      const own = key.includes('.') ? undefined : fields.get(path);
      if (own && canHold(own, value)) fitted[key] = value;
      else if (own) notes.push(note('value', path, value));
      else if (key.includes('.') || !isGroup(path)) notes.push(note('unknown', path));
      else if (isObject(value)) fitted[key] = fit(value, `${path}.`);
      else notes.push(note('value', path, value));
    }
    return fitted;
  }
  return { request: fit(request, ''), notes };
}
