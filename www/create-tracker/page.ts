// The page "Create tracker".
import { byId } from '../dom.js';
import { t } from '../i18n.js';
import { takeDraft } from '../open-draft.js';
import type { Page, Shell } from '../page.js';
import type { Route } from '../router.js';
import { listen } from './events.js';
import { fillFromConfig, loadDraft, restoreDraft } from './fill.js';
import { valuesOfLink } from './link.js';
import { replaceByForm } from './route.js';
import { loadLink } from './share.js';
import { createState, type State } from './state.js';
import { enterStep, showStep } from './steps.js';
import { showUndo } from './undo.js';
import { readSent } from './unknown-outcome.js';
import { update } from './update.js';

/** Locks the creation again if the page was reloaded before its outcome was known. */
function restoreLock(state: State): void {
  state.sentBefore = readSent(state);
  state.isLocked = state.sentBefore !== undefined;
}

/** The question is below the form, so it gets the focus. */
function askAboutOutcome(): void {
  const ask = () => {
    const heading = byId('response-heading');
    heading.focus({ preventScroll: true });
    heading.closest('section')?.scrollIntoView({ block: 'center' });
  };
  // The start of the console shows the page only after this.
  setTimeout(ask);
}

export function openCreateTrackerPage(_root: HTMLElement, shell: Shell): Page {
  const state = createState(shell);
  fillFromConfig(state);
  restoreDraft(state);
  restoreLock(state);
  listen(state);
  let isRestored = state.isLocked;
  return {
    render() {
      for (const period of byId('lifecycle').querySelectorAll<HTMLElement>('[data-days]'))
        period.textContent = t('lifecycle.days', Number(period.dataset.days));
      update(state);
      showUndo(state);
      showStep(state);
    },
    show({ step, query }: Route) {
      const linked = valuesOfLink(query);
      if (linked) {
        loadLink(state, linked);
        // A reload must not replace what was changed since. A link opens the form, never a later step.
        replaceByForm();
        return;
      }
      const draft = takeDraft();
      if (draft) loadDraft(state, draft);
      enterStep(state, step);
      if (isRestored) askAboutOutcome();
      isRestored = false;
    },
  };
}
