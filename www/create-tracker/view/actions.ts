// The buttons that create the tracker and stop waiting for the response.
import { byId } from '../../dom.js';
import { t } from '../../i18n.js';
import type { State } from '../state.js';

/** Marks a button as unavailable. The `disabled` attribute would drop the focus and give no reason. */
export function setUnavailable(button: HTMLElement, isUnavailable: boolean, reason?: HTMLElement): void {
  button.setAttribute('aria-disabled', String(isUnavailable));
  if (reason) button.setAttribute('aria-describedby', reason.id);
  else button.removeAttribute('aria-describedby');
}

export const isUnavailable = (button: HTMLElement): boolean => button.getAttribute('aria-disabled') === 'true';

export function showActions({ creation, isLocked }: State): void {
  const create = byId('create');
  const reason = byId('create-reason');
  create.textContent = t(creation ? 'action.creating' : 'action.create');
  setUnavailable(create, creation !== undefined || isLocked, isLocked ? reason : undefined);
  reason.hidden = !isLocked;
  byId('stop').hidden = creation === undefined;
}
