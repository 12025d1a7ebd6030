// After an unknown outcome: a lookup, or the user, says whether the tracker is there.
import { announce } from '../../announce.js';
import { byId, h } from '../../dom.js';
import { t } from '../../i18n.js';
import { storeDraft } from '../draft.js';
import { creationToLookUp, describeResolution, lookUpCreation, unlock } from '../look-up.js';
import { openCreated } from '../route.js';
import type { State } from '../state.js';
import { setUnavailable, showActions } from './actions.js';
import { showPreview } from './preview.js';

const nameOf = ({ creationOutcome, sentBefore }: State): string =>
  String(creationOutcome?.sent.tracker_name ?? sentBefore?.name ?? '');

function focusNextAction(): void {
  const create = byId('create');
  // In the form, the button of the review is the next one.
  (create.hidden ? byId('to-review') : create).focus();
}

function confirmThere(state: State): void {
  unlock(state);
  state.createdTracker = { name: nameOf(state) };
  storeDraft(state);
  openCreated();
}

function confirmNotThere(state: State, group: HTMLElement): void {
  unlock(state);
  state.resolution = undefined;
  group.replaceWith(renderResolution(state));
  showActions(state);
  showPreview(state);
  focusNextAction();
  announce(t('resolution.confirmedNotThere'));
}

async function lookUp(state: State, group: HTMLElement): Promise<void> {
  const lookup = lookUpCreation(state);
  const pending = renderResolution(state);
  group.replaceWith(pending);
  byId('look-up').focus();
  await lookup;
  if (state.createdTracker) {
    storeDraft(state);
    openCreated();
    return;
  }
  const hadFocus = pending.contains(document.activeElement);
  pending.replaceWith(renderResolution(state));
  showActions(state);
  showPreview(state);
  if (!hadFocus) return;
  if (state.isLocked) byId('look-up').focus();
  else focusNextAction();
}

function button(id: string, text: string, onclick: () => void): HTMLElement {
  return h('button', { type: 'button', class: 'button', id, onclick }, text);
}

/** What the lookup found out; nothing before it. */
function renderFound({ resolution, isLookingUp }: State): HTMLElement | undefined {
  const text = isLookingUp ? t('resolution.lookingUp') : resolution && describeResolution(resolution);
  return text === undefined ? undefined : h('p', { id: 'resolution-found' }, text);
}

export function renderResolution(state: State): HTMLElement {
  if (!state.isLocked) return renderFound(state) ?? h('p', {}, t('resolution.confirmedNotThere'));
  const lookUpButton = button('look-up', t('resolution.lookUp'), () => void lookUp(state, group));
  setUnavailable(lookUpButton, state.isLookingUp);
  const group: HTMLElement = h(
    'div',
    { class: 'resolution', role: 'group', 'aria-labelledby': 'resolution-question' },
    h('p', { id: 'resolution-question' }, t('resolution.question', { name: nameOf(state) })),
    renderFound(state),
    h(
      'div',
      { class: 'row' },
      creationToLookUp(state) !== undefined && lookUpButton,
      button('is-there', t('resolution.there'), () => confirmThere(state)),
      button('is-not-there', t('resolution.notThere'), () => confirmNotThere(state, group)),
    ),
  );
  return group;
}

/** Moves the focus to the first button that can end the lock. */
export function focusResolution(): void {
  const first = document.querySelector<HTMLElement>('.resolution button');
  first?.focus();
  first?.scrollIntoView({ block: 'center' });
}
