// The addresses of the steps of the page.
import { hrefOf, navigate } from '../router.js';
import type { State, Step } from './state.js';

const PAGE = 'create';

export const stepOf = (path: string): Step => (path === 'review' || path === 'created' ? path : 'edit');

/** Returns to the form; `focus` moves the focus once it is shown. */
export function openForm(state: State, focus?: () => void): void {
  state.onEdit = focus;
  navigate(hrefOf(PAGE));
}

export const replaceByForm = (): void => navigate(hrefOf(PAGE), { replace: true });

export const openReviewStep = (): void => navigate(hrefOf(PAGE, 'review'));

/** Replaces the review in the history, so that going back does not lead to a button that creates. */
export const openCreated = (): void => navigate(hrefOf(PAGE, 'created'), { replace: true });
