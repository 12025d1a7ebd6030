// Validates the form and shows the result. Runs after every change of the form.
import type { Field } from '../field.js';
import { storeDraft } from './draft.js';
import type { State } from './state.js';
import { validateForm } from './validate.js';
import { showBucketCheck } from './view/bucket-check.js';
import { showFields, showName } from './view/fields.js';
import { showMessages } from './view/messages.js';
import { showPreview } from './view/preview.js';

/** `typing` is the field that the user is changing. */
export function update(state: State, typing?: Field): void {
  showName(state);
  storeDraft(state);
  state.validated = validateForm(state.form.controls, state.form.pageValues);
  showFields(state);
  showMessages(state, typing);
  showPreview(state);
  showBucketCheck(state);
}
