// Shares the draft of the form by a link, and opens the draft of a link. Neither sends anything.
import { byId } from '../dom.js';
import { showBriefly } from '../feedback.js';
import { t } from '../i18n.js';
import type { Values } from './draft.js';
import { valuesOf } from './draft.js';
import { fillFromConfig, setName } from './fill.js';
import { hashOf, writeLink } from './link.js';
import type { State } from './state.js';
import { offerUndo, takeSnapshot } from './undo.js';
import { update } from './update.js';

/** Copies the link. If the browser does not allow it, puts the link into the address bar. */
export async function copyLink(state: State): Promise<void> {
  const { href } = new URL(hashOf(valuesOf(state), state.form.controls), location.href);
  const button = byId('copy-link');
  try {
    await navigator.clipboard.writeText(href);
    showBriefly(button, t('link.copied'), 'link.copy');
  } catch {
    history.replaceState(history.state, '', href);
    showBriefly(button, t('link.inAddressBar'), 'link.copy');
  }
}

/** Fills the form with the values of a link. */
export function loadLink(state: State, values: Values): void {
  const { form } = state;
  const restore = takeSnapshot(state);
  form.element.reset();
  fillFromConfig(state);
  setName(state, '');
  const ignored = writeLink(form.controls, values);
  state.dataTrackerName = form.control('tracker_name').value;
  state.serviceError = undefined;
  state.isSubmitted = false;
  // Values of a link count as typed, so that an invalid one is shown at once.
  for (const field of form.fields.values()) field.setInteraction(field.isText && field.control.value !== '');
  update(state);
  offerUndo(
    state,
    () => [
      t('link.loaded'),
      ...(ignored.length > 0 ? [t('link.ignored', { names: ignored.join(t('field.listSeparator')) })] : []),
    ],
    restore,
  );
}
