// Creates the tracker.
import type { CreateTrackerResponse } from 'cts-tracker';
import { announce } from '../announce.js';
import { byId } from '../dom.js';
import { t, withLabel } from '../i18n.js';
import type { Outcome } from '../recording-client.js';
import { adviceFor, codeMeaning, mayHaveCreated, titleFor } from './failure.js';
import { keepServiceError } from './service-error.js';
import type { State } from './state.js';
import { update } from './update.js';
import { showActions } from './view/actions.js';
import { invalidFields, showMessages } from './view/messages.js';
import { showResponse } from './view/response.js';

export async function createTracker(state: State): Promise<void> {
  if (state.creation) return;
  if (state.isLocked) {
    announce(t('action.locked'));
    byId('not-created').focus();
    return;
  }
  state.isSubmitted = true;
  state.serviceError = undefined;
  update(state);
  const { body } = state.validated;
  const invalid = invalidFields(state);
  if (!body || invalid.length > 0) {
    announce(t('summary.announce', invalid.length));
    invalid.find(({ field }) => field)?.field?.focus();
    return;
  }

  const abortController = new AbortController();
  state.creation = abortController;
  showActions(state);
  announce(t('action.creating'));
  const outcome = await state.creationClient.call((client) =>
    client.createTracker(body, { projectId: state.form.pageValues.projectId, signal: abortController.signal }),
  );
  state.creation = undefined;
  const isUnchanged = JSON.stringify(state.validated.draft) === JSON.stringify(body);
  showOutcome(state, outcome, isUnchanged);
}

/** `isUnchanged`: whether the form still holds the request that was sent. */
function showOutcome(state: State, outcome: Outcome<CreateTrackerResponse>, isUnchanged: boolean): void {
  const { error, exchange } = outcome;
  state.creationOutcome = outcome;
  state.isSubmitted = false;
  if (error) {
    state.isLocked = mayHaveCreated(error, exchange);
    if (isUnchanged) keepServiceError(state, error);
  }
  showMessages(state);
  // Keep the focus of a user who has continued to edit the form.
  const waiting: (Element | null)[] = [byId('create'), byId('stop'), document.body];
  const isWaiting = waiting.includes(document.activeElement);
  showResponse(state);
  if (isWaiting) {
    const heading = byId('response-heading');
    heading.focus({ preventScroll: true });
    heading.closest('section')?.scrollIntoView({ block: 'nearest' });
  }
  announce(
    error
      ? withLabel(titleFor(error), [adviceFor(error, exchange, 'create'), codeMeaning(error) ?? ''])
      : t('response.created'),
  );
}
