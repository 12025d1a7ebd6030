// Fills the form with an example, with its default values, or with the draft of this tab.
import { t, withLabel } from '../i18n.js';
import { readDraft, readValues, writeValues } from './draft.js';
import { examples } from './examples.js';
import { type Draft, fillForm } from './request.js';
import type { State } from './state.js';
import { offerUndo, takeSnapshot } from './undo.js';
import { update } from './update.js';
import { invalidFields } from './view/messages.js';

/** Sets the name that the user may edit; `update` shows the fixed name of a management tracker. */
export function setName(state: State, name: string): void {
  const control = state.form.control('tracker_name');
  control.readOnly = false;
  control.value = name;
  state.dataTrackerName = name;
}

interface FillTexts {
  readonly loaded: 'examples.loaded' | 'draft.loaded' | 'import.done';
  readonly invalid: 'examples.invalid' | 'draft.invalid';
  readonly undo?: 'import.undo';
}

export function loadExample(state: State, type: keyof typeof examples): void {
  fillWith(state, examples[type], { loaded: 'examples.loaded', invalid: 'examples.invalid' });
}

/** Fills the form with a request that another page has opened. */
export function loadDraft(state: State, draft: Draft): void {
  fillWith(state, draft, { loaded: 'draft.loaded', invalid: 'draft.invalid' });
}

/** Fills the form with a request that the user has imported. */
export function loadImported(state: State, draft: Draft): void {
  fillWith(state, draft, { loaded: 'import.done', invalid: 'draft.invalid', undo: 'import.undo' });
}

function fillWith(state: State, request: Draft, { loaded, invalid, undo }: FillTexts): void {
  const { form } = state;
  const restore = takeSnapshot(state);
  fillForm(form.controls, request);
  setName(state, request.tracker_type === 'data' ? String(request.tracker_name ?? '') : '');
  state.serviceError = undefined;
  state.isSubmitted = false;
  // Values of an example count as typed, so that an invalid one is shown at once.
  for (const field of form.fields.values()) field.setInteraction(field.isText && field.control.value !== '');
  update(state);
  const broken = () =>
    invalidFields(state).map(({ field, messages }) =>
      t(invalid, { message: withLabel(field?.labelText ?? t('fields.other'), messages) }),
    );
  offerUndo(state, () => [t(loaded), ...broken()], restore, undo);
}

export function resetForm(state: State): void {
  const restore = takeSnapshot(state);
  state.form.element.reset();
  state.isSubmitted = false;
  state.serviceError = undefined;
  state.bucketCheck = undefined;
  for (const field of state.form.fields.values()) field.setInteraction(false);
  setName(state, '');
  fillFromConfig(state);
  update(state);
  offerUndo(state, () => [t('action.resetDone')], restore);
}

/** Keeps the settings for the next tracker, without what only one tracker can have. */
export function prepareAnother(state: State): void {
  const { form } = state;
  for (const control of form.controls) {
    if (control.name === 'tracker_type') control.checked = control.value === 'data';
    if (control.name === 'data_bucket.data_bucket_name') control.value = '';
  }
  setName(state, '');
  for (const field of form.fields.values()) field.setInteraction(false);
  state.isSubmitted = false;
  update(state);
}

export function fillFromConfig({ form, config }: State): void {
  form.control('bucket_location').value = config.region ?? '';
}

/** Fills the form with the draft of this tab, if it has one. Runs before the form is shown. */
export function restoreDraft(state: State): void {
  const draft = readDraft();
  const { form } = state;
  if (!draft) return;
  const before = JSON.stringify(readValues(form.controls));
  const restore = takeSnapshot(state);
  writeValues(form.controls, draft);
  if (JSON.stringify(readValues(form.controls)) === before) return;
  for (const field of form.fields.values()) field.setInteraction(field.isText && field.control.value !== '');
  offerUndo(state, () => [t('draft.restored')], restore);
}
