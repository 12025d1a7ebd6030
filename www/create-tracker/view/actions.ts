// The bar with the buttons of each step.
import { byId } from '../../dom.js';
import { t } from '../../i18n.js';
import { describe } from '../../progress.js';
import type { State } from '../state.js';

/** Marks a button as unavailable. The `disabled` attribute would drop the focus and give no reason. */
export function setUnavailable(button: HTMLElement, isUnavailable: boolean, reason?: HTMLElement): void {
  button.setAttribute('aria-disabled', String(isUnavailable));
  if (reason) button.setAttribute('aria-describedby', reason.id);
  else button.removeAttribute('aria-describedby');
}

export const isUnavailable = (button: HTMLElement): boolean => button.getAttribute('aria-disabled') === 'true';

export function showActions({ step, creation, isLocked, account: { region } }: State): void {
  const isReview = step === 'review';
  byId('to-review').hidden = isReview;
  for (const id of ['back', 'create', 'stop']) byId(id).hidden = !isReview;

  const create = byId('create');
  const reason = byId('create-reason');
  // Every button keeps its place and its width, so that no other one moves under the pointer.
  create.textContent = region === '' ? t('action.create') : t('action.createIn', { region });
  setUnavailable(create, creation !== undefined || isLocked, isLocked ? reason : undefined);
  if (creation) reason.textContent = `${t('action.creating')} ${describe(creation.progress, performance.now())}`;
  else reason.textContent = isLocked ? t('action.locked') : '';
  reason.hidden = !isReview || reason.textContent === '';
  byId('stop').classList.toggle('absent', creation === undefined);
}
