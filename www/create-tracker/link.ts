// A link to the form with its values. They are in the hash, which browsers send to no server. Like the draft of the
// tab, a link has no IDs.
import { hrefOf } from '../router.js';
import { readValues, type Values, writeValues } from './draft.js';
import type { Control } from './request.js';

/** What is read of a control that can be reset. */
export interface ResettableControl extends Control {
  readonly defaultValue: string;
}

const defaultsOf = (controls: readonly ResettableControl[]): Values =>
  readValues(
    controls.map((control) => ({
      name: control.name,
      type: control.type,
      value: control.type === 'text' ? control.defaultValue : control.value,
      checked: control.defaultChecked,
      defaultChecked: control.defaultChecked,
      dataset: control.dataset,
    })),
  );

const areEqual = (one: readonly string[] = [], other: readonly string[] = []): boolean => {
  const [left, right] = [one, other].map((values) => values.filter(Boolean).sort().join('\n'));
  return left === right;
};

/** The hash of a link with the values that differ from those of an empty form. */
export function hashOf(values: Values, controls: readonly ResettableControl[]): string {
  const defaults = defaultsOf(controls);
  const query = new URLSearchParams();
  for (const [name, own] of Object.entries(values)) {
    if (areEqual(own, defaults[name])) continue;
    for (const value of own.length > 0 ? own : ['']) query.append(name, value);
  }
  return `${hrefOf('create')}?${query}`;
}

/** The values of a link, or undefined if it has none. */
export function valuesOfLink(query: URLSearchParams): Values | undefined {
  const names = [...new Set(query.keys())];
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, query.getAll(name)]));
}

/** Writes the values of a link into an empty form. Returns the names of those that it cannot hold. */
export function writeLink(controls: readonly Control[], values: Values): string[] {
  writeValues(controls, values);
  const held = readValues(controls);
  return Object.keys(values).filter((name) => !areEqual(held[name], values[name]));
}
