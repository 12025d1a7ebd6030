// Connects the controls and buttons of the page to what they do.
import { announce } from '../announce.js';
import { byId } from '../dom.js';
import { t } from '../i18n.js';
import { checkBucket } from './check-bucket.js';
import { createTracker } from './create.js';
import { loadExample, resetForm } from './fill.js';
import { openImport } from './open-import.js';
import { afterClick, watchPointer } from './pointer.js';
import { openForm } from './route.js';
import { copyLink } from './share.js';
import type { State } from './state.js';
import { openReview } from './steps.js';
import { hideUndo, undo } from './undo.js';
import { update } from './update.js';
import { listenToTabs } from './view/code-tabs.js';
import { copyPreview, downloadPreview, showPreview } from './view/preview.js';

function onInput(state: State, event: Event): void {
  if (!(event.target instanceof HTMLInputElement)) return;
  const { name, value } = event.target;
  const field = state.form.fields.get(name);
  if (field) {
    field.touched = true;
    if (!field.isText) field.blurred = true;
  }
  // They belong to the form as it was before the change.
  hideUndo(state);
  state.serviceError = undefined;
  if (state.bucketCheck) state.bucketCheck.isIncomplete = false;
  if (name === 'tracker_type') {
    state.isSubmitted = false;
    announce(t(value === 'data' ? 'type.changed.data' : 'type.changed.system'));
  }
  update(state, field);
}

function onFocusOut(state: State, { target, relatedTarget }: FocusEvent): void {
  if (!(target instanceof HTMLInputElement)) return;
  const field = state.form.fields.get(target.name);
  const staysInside = relatedTarget instanceof Node && field?.element.contains(relatedTarget);
  if (!field || staysInside) return;
  // A field that was only passed by is not wrong yet: what is missing is shown when the form is submitted.
  if (!field.touched && (!field.isText || target.value === '')) return;
  // Pasted text often has spaces around it.
  if (field.isText && !target.readOnly) target.value = target.value.trim();
  field.setInteraction(true);
  afterClick(() => update(state, field));
}

export function listen(state: State): void {
  const { form } = state;
  watchPointer();
  const listened: HTMLElement[] = [form.element, state.account.element];
  for (const element of listened) {
    element.addEventListener('input', (event) => onInput(state, event));
    element.addEventListener('focusout', (event) => onFocusOut(state, event));
  }
  form.element.addEventListener('submit', (event) => {
    event.preventDefault();
    openReview(state);
  });
  // Enter in this field presses the button beside it instead of submitting the form.
  form.control('bucket_location').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    void checkBucket(state);
  });
  byId('check').addEventListener('click', () => void checkBucket(state));
  byId('create').addEventListener('click', () => void createTracker(state));
  byId('back').addEventListener('click', () => openForm(state));
  byId('stop').addEventListener('click', () => state.creation?.abortController.abort());
  byId('reset').addEventListener('click', () => resetForm(state));
  byId('copy-link').hidden = state.config.mode !== 'playground';
  byId('copy-link').addEventListener('click', () => void copyLink(state));
  byId('undo-button').addEventListener('click', () => undo(state));
  byId('import').addEventListener('click', () => void openImport(state));
  byId('copy').addEventListener('click', () => void copyPreview());
  byId('download').addEventListener('click', () => downloadPreview(state));
  listenToTabs(state, () => showPreview(state));
  for (const button of document.querySelectorAll<HTMLElement>('[data-example]'))
    button.addEventListener('click', () => loadExample(state, button.dataset.example === 'data' ? 'data' : 'system'));
  // A reload would forget that the tracker may have been created.
  addEventListener('beforeunload', (event) => {
    if (state.creation || state.isLocked) event.preventDefault();
  });
}
