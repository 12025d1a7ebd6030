// Removes the fields that do not apply, such as those of another tracker type.
import { own } from '../options.js';
import { isForm, nestedValues, stepsOf } from './control-names.js';
import { type FieldState, fieldState } from './field-state.js';

/** A draft from which fields may be missing. */
export type Pruned<Draft> =
  Draft extends Iterable<unknown>
    ? Draft
    : Draft extends object
      ? { [Field in keyof Draft]?: Pruned<Draft[Field]> }
      : Draft;

/**
 * A copy of a form's values without the fields that do not apply (see `fieldState`): a hidden field is neither an error nor
 * sent, and the form itself keeps what was typed. The copy has the shape of the draft: groups, the names of controls, or a
 * `FormData`. A form schema does the same if it has the option `prune`:
 * `withOptions(createTrackerFormSchema, { prune: true })`.
 */
export function pruneDraft<Draft>(draft: Draft): Pruned<Draft>;
export function pruneDraft(draft: unknown): unknown {
  if (isForm(draft)) return prunedForm(draft);
  const values = nestedValues(draft);
  return isPlain(values) ? pruned(draft as Group) : values;
}

/** The same, but the copy has groups in any case. */
export function prunedValues(draft: unknown): unknown {
  const values = nestedValues(draft);
  return isPlain(values) ? pruned(values) : values;
}

function prunedForm(draft: FormData | URLSearchParams): unknown {
  const isHidden = hiddenFields(draft);
  // A page and its host may each have a class of this name.
  const copy = new (draft.constructor as typeof FormData)();
  for (const [name, value] of draft) if (!isHidden(stepsOf(name))) copy.append(name, value);
  return copy;
}

function pruned(values: Group): Group {
  const isHidden = hiddenFields(values);
  const copyOf = (group: Group, path: readonly string[]): Group => {
    const copy: [string, unknown][] = [];
    for (const [name, value] of Object.entries(group)) {
      const steps = [...path, ...stepsOf(name)];
      if (!isHidden(steps)) copy.push([name, path.length === 0 && isPlain(value) ? copyOf(value, steps) : value]);
    }
    return Object.fromEntries(copy);
  };
  return copyOf(values, []);
}

type Group = Record<string, unknown>;

/** Whether the field at a path, or inside which the path is, does not apply. */
function hiddenFields(draft: unknown): (steps: readonly string[]) => boolean {
  const states: Readonly<Record<string, FieldState>> = fieldState(draft);
  return ([group = '', field = '']) =>
    [group, `${group}.${field}`].some((path) => own(states, path)?.applies === false);
}

/** Neither a list nor, for instance, a `Date`, which is an error and must stay one. */
const isPlain = (value: unknown): value is Group => Object.prototype.toString.call(value) === '[object Object]';
