// After an unknown outcome: the user says whether the tracker is there.
import { announce } from '../../announce.js';
import { byId, h } from '../../dom.js';
import { t } from '../../i18n.js';
import { storeDraft } from '../draft.js';
import { openCreated } from '../route.js';
import type { State } from '../state.js';
import { showActions } from './actions.js';

const nameOf = (state: State): string => String(state.creationOutcome?.sent.tracker_name ?? '');

function confirmThere(state: State): void {
  state.isLocked = false;
  state.createdTracker = { name: nameOf(state) };
  storeDraft(state);
  openCreated();
}

function confirmNotThere(state: State, group: HTMLElement): void {
  state.isLocked = false;
  group.replaceWith(confirmation());
  showActions(state);
  const create = byId('create');
  // In the form, the button of the review is the next one.
  (create.hidden ? byId('to-review') : create).focus();
  announce(t('resolution.confirmedNotThere'));
}

const confirmation = () => h('p', {}, t('resolution.confirmedNotThere'));

function button(id: string, text: string, onclick: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'button', id, onclick }, text);
}

export function renderResolution(state: State): HTMLElement {
  if (!state.isLocked) return confirmation();
  const group = h(
    'div',
    { class: 'resolution', role: 'group', 'aria-labelledby': 'resolution-question' },
    h('p', { id: 'resolution-question' }, t('resolution.question', { name: nameOf(state) })),
    h(
      'div',
      { class: 'row' },
      button('is-there', t('resolution.there'), () => confirmThere(state)),
      button('is-not-there', t('resolution.notThere'), () => confirmNotThere(state, group)),
    ),
  );
  return group;
}

export function focusResolution(): void {
  const first = byId('is-there');
  first.focus();
  first.scrollIntoView({ block: 'center' });
}
