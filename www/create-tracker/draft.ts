// Keeps what is typed for a reload of this tab. Without IDs: they name an account, and anyone at this computer could
// read them later.
import { readSessionValue, storeSessionValue } from '../storage.js';
import type { Control } from './request.js';
import type { State } from './state.js';

const KEY = 'draft';
const NEVER_STORED = new Set(['kms_id']);

export type Values = Readonly<Record<string, readonly string[]>>;

const isChoice = ({ type }: Control) => type === 'radio' || type === 'checkbox';

/** The values of the controls by name: of choices the checked ones. */
export function readValues(controls: readonly Control[]): Values {
  const values: Record<string, string[]> = {};
  for (const control of controls) {
    if (NEVER_STORED.has(control.name)) continue;
    values[control.name] ??= [];
    if (!isChoice(control) || control.checked) values[control.name]?.push(control.value);
  }
  return values;
}

const isAnswered = (controls: readonly Control[], name: string, values: readonly string[]) =>
  controls.some((control) => control.name === name && values.includes(control.value));

/** Sets the controls that the values name. A group of radio buttons without such a choice keeps its own. */
export function writeValues(controls: readonly Control[], values: Values): void {
  for (const control of controls) {
    const own = Object.hasOwn(values, control.name) ? values[control.name] : undefined;
    if (!Array.isArray(own) || NEVER_STORED.has(control.name)) continue;
    if (control.type === 'radio' && !isAnswered(controls, control.name, own)) continue;
    if (isChoice(control)) control.checked = own.includes(control.value);
    else control.value = String(own[0] ?? '');
  }
}

const nameOf = ({ form, dataTrackerName }: State) =>
  form.isManagement ? dataTrackerName : form.control('tracker_name').value;

/** The values of the form, with the name that the user may edit. */
export const valuesOf = (state: State): Values => ({
  ...readValues(state.form.controls),
  tracker_name: [nameOf(state)],
});

export function storeDraft(state: State): void {
  // The form of a tracker that was created is done.
  if (state.createdTracker) storeSessionValue(KEY, null);
  else storeSessionValue(KEY, JSON.stringify(valuesOf(state)));
}

export function readDraft(): Values | undefined {
  try {
    const values: unknown = JSON.parse(readSessionValue(KEY) ?? '');
    return typeof values === 'object' && values !== null ? { ...values } : undefined;
  } catch {
    return undefined;
  }
}
