// Another page can open a request in the form of "Create tracker".
import { hrefOf, navigate } from './router.js';

type Draft = Readonly<Record<string, unknown>>;

let offered: Draft | undefined;

export function openDraft(draft: Draft): void {
  offered = draft;
  navigate(hrefOf('create'));
}

/** The request that was opened since the last call. */
export function takeDraft(): Draft | undefined {
  const draft = offered;
  offered = undefined;
  return draft;
}
