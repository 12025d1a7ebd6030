// Which fields of a form apply, and which are required.
import { createTracker } from '../generated/encode.js';
import { issueCodes } from '../generated/metadata.js';
import { type CreateTrackerPath, createTrackerPaths } from '../generated/names.js';
import type { IssueCode } from '../validation/issue.js';
import { next, openResults } from '../validation/issues.js';
import { callWithNormalized } from '../validation/memory.js';
import { formValues } from './form-values.js';

export interface FieldState {
  /** Whether the field has an effect with the current values. */
  readonly applies: boolean;
  readonly required: boolean;
  /** Why the field does not apply. */
  readonly reason?: IssueCode;
}

/** By field. */
export type FieldStates = Readonly<Record<CreateTrackerPath, FieldState>>;

/** For a partly filled form: which fields of CreateTracker apply, and which are required. */
export function fieldState(draft: unknown): FieldStates {
  callWithNormalized(formValues(draft, createTracker.type), createTracker, (wasm, length) => wasm.field_state(length));
  openResults();
  const states: Record<string, FieldState> = {};
  for (const path of createTrackerPaths) {
    const bits = next();
    const required = (bits & 1) === 1;
    states[path] =
      bits > 1
        ? { applies: false, required, reason: issueCodes[(bits >> 1) - 1] as IssueCode }
        : { applies: true, required };
  }
  return states as FieldStates;
}
