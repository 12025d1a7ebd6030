// Removes the fields that do not apply, such as those of another tracker type.
import { createTrackerPaths } from '../generated/names.js';
import { nestedValues } from './control-names.js';
import { fieldState } from './field-state.js';
import type { CreateTrackerForm } from './form-types.js';

/** A draft from which fields may be missing. */
export type Pruned<Draft> = Draft extends object
  ? { [Field in keyof Draft]?: Draft[Field] extends readonly unknown[] ? Draft[Field] : Pruned<Draft[Field]> }
  : Draft;

/**
 * A copy of a form's values without the fields that do not apply (see `fieldState`): a hidden field is neither an error nor
 * sent, and the form itself keeps what was typed. The copy of a `FormData`, or of an object by the names of controls, has
 * groups. A form schema does the same if it has the option `prune`: `withOptions(createTrackerFormSchema, { prune: true })`.
 */
export function pruneDraft(draft: Iterable<unknown>): Pruned<CreateTrackerForm>;
export function pruneDraft<Draft>(draft: Draft): Pruned<Draft>;
export function pruneDraft(draft: unknown): unknown {
  const values = nestedValues(draft);
  if (!isPlain(values)) return values;
  const states = fieldState(values);
  const pruned: Group = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isPlain(value) ? { ...value } : value]),
  );
  for (const path of createTrackerPaths) {
    const [group = '', field = ''] = path.split('.');
    const inside = pruned[group];
    if (states[path].applies) continue;
    if (field === '') delete pruned[group];
    else if (isPlain(inside)) delete inside[field];
  }
  return pruned;
}

type Group = Record<string, unknown>;

/** Neither a list nor, for instance, a `Date`, which is an error and must stay one. */
const isPlain = (value: unknown): value is Group => Object.prototype.toString.call(value) === '[object Object]';
