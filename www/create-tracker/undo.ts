// Undoes what replaced the values of the form: a reset, an example or an import.
import { announce } from '../announce.js';
import { byId } from '../dom.js';
import { joinSentences, type PlainTextKey, t } from '../i18n.js';
import type { State } from './state.js';
import { update } from './update.js';

interface Interaction {
  readonly touched: boolean;
  readonly blurred: boolean;
}

/** The values of the form, and which fields the user has changed. */
export function takeSnapshot({ form, dataTrackerName }: State): (state: State) => void {
  const controls = form.controls.map((control) => ({ control, value: control.value, checked: control.checked }));
  const fields = [...form.fields.values()].map((field): [typeof field, Interaction] => [
    field,
    { touched: field.touched, blurred: field.blurred },
  ]);
  const isReadOnly = form.control('tracker_name').readOnly;
  return (state) => {
    for (const { control, value, checked } of controls) Object.assign(control, { value, checked });
    for (const [field, interaction] of fields) Object.assign(field, interaction);
    form.control('tracker_name').readOnly = isReadOnly;
    state.dataTrackerName = dataTrackerName;
  };
}

/** Says what was done, with a button that restores the values from before. */
export function offerUndo(
  state: State,
  texts: () => readonly string[],
  restore: (state: State) => void,
  label: PlainTextKey = 'undo.button',
): void {
  state.undo = { text: () => joinSentences(texts()), label, restore };
  showUndo(state);
  announce(state.undo.text());
}

export function showUndo({ undo: offer }: State): void {
  byId('undo').hidden = offer === undefined;
  byId('undo-text').textContent = offer?.text() ?? '';
  byId('undo-button').textContent = t(offer?.label ?? 'undo.button');
}

export function undo(state: State): void {
  state.undo?.restore(state);
  hideUndo(state);
  state.isSubmitted = false;
  state.serviceError = undefined;
  update(state);
  announce(t('undo.done'));
  byId('reset').focus();
}

/** After the next change, undoing would lose it. */
export function hideUndo(state: State): void {
  state.undo = undefined;
  showUndo(state);
}
