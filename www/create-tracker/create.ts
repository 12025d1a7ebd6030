// Creates the tracker.
import type { ClientEvent, CreateTrackerResponse } from 'cts-tracker';
import { announce } from '../announce.js';
import { byId } from '../dom.js';
import { t, withLabel } from '../i18n.js';
import { advance, describe, started } from '../progress.js';
import type { Outcome } from '../recording-client.js';
import { currentRoute } from '../router.js';
import { storeDraft } from './draft.js';
import { adviceFor, mayHaveCreated, titleFor } from './failure.js';
import { openCreated } from './route.js';
import { keepServiceError } from './service-error.js';
import type { Creation, State } from './state.js';
import { forgetSent, storeSent } from './unknown-outcome.js';
import { showActions } from './view/actions.js';
import { showMessages } from './view/messages.js';
import { showPreview } from './view/preview.js';
import { focusResolution } from './view/resolution.js';
import { showResponse } from './view/response.js';

const REFRESH_MS = 1000;

export async function createTracker(state: State): Promise<void> {
  if (state.creation) return;
  if (state.isLocked) {
    announce(t('action.locked'));
    focusResolution();
    return;
  }
  const { body } = state.validated;
  // The review is open only while the form is valid.
  if (!body) return;
  const creation: Creation = { abortController: new AbortController(), progress: started };
  state.creation = creation;
  state.creationOutcome = undefined;
  state.sentBefore = undefined;
  storeSent(state, body, Date.now());
  state.resolution = undefined;
  // The answer of an earlier lookup may be outdated after this.
  state.nameLookup = undefined;
  announce(t('action.creating'));
  const show = () => {
    showResponse(state);
    showActions(state);
  };
  const timer = setInterval(show, REFRESH_MS);
  show();
  const outcome = await state.creationClient.call(
    (client) =>
      client.createTracker(body, {
        projectId: state.account.projectId,
        signal: creation.abortController.signal,
      }),
    (event) => {
      onEvent(creation, event);
      show();
    },
  );
  clearInterval(timer);
  state.creation = undefined;
  const isUnchanged = JSON.stringify(state.validated.draft) === JSON.stringify(body);
  state.creationOutcome = { outcome, sent: { ...body } };
  state.isSubmitted = false;
  if (outcome.error) showFailure(state, outcome.error, outcome, isUnchanged);
  else showCreated(state, outcome.value);
}

function onEvent(creation: Creation, event: ClientEvent): void {
  const now = performance.now();
  creation.progress = advance(creation.progress, event, now);
  if (event.type === 'retry') announce(describe(creation.progress, now));
}

function showCreated(state: State, response: CreateTrackerResponse): void {
  state.createdTracker = { name: response.tracker_name ?? '', response };
  forgetSent();
  storeDraft(state);
  announce(t('response.created'));
  showMessages(state);
  // A user who has gone back to the form or to another page meanwhile stays there.
  if (state.step === 'review' && currentRoute().page === 'create') openCreated();
  else showResponse(state);
}

/** `isUnchanged`: whether the form still holds the request that was sent. */
function showFailure(
  state: State,
  error: Error,
  { exchange }: Outcome<CreateTrackerResponse>,
  isUnchanged: boolean,
): void {
  state.isLocked = mayHaveCreated(error, exchange);
  if (!state.isLocked) forgetSent();
  if (isUnchanged) keepServiceError(state, error);
  showMessages(state);
  // Keep the focus of a user who has continued to edit the form.
  const waiting: (Element | null)[] = [byId('create'), byId('stop'), document.body];
  const isWaiting = waiting.includes(document.activeElement);
  showResponse(state);
  showActions(state);
  showPreview(state);
  if (isWaiting) {
    const heading = byId('response-heading');
    heading.focus({ preventScroll: true });
    heading.closest('section')?.scrollIntoView({ block: 'nearest' });
  }
  announce(withLabel(titleFor(error, exchange), [adviceFor(error, exchange, 'create')]));
}
