// The steps of the page: edit the form, review it, see the tracker that was created. The address names the step.
import { announce } from '../announce.js';
import { byId } from '../dom.js';
import { t } from '../i18n.js';
import { checkForReview } from './check-bucket.js';
import { lookUpName } from './look-up.js';
import { openCreated, openReviewStep, replaceByForm, stepOf } from './route.js';
import type { State, Step } from './state.js';
import { update } from './update.js';
import { showActions } from './view/actions.js';
import { invalidFields } from './view/messages.js';
import { showPreview } from './view/preview.js';
import { showResponse } from './view/response.js';
import { showReview } from './view/review.js';

/** Shows all errors. Returns whether there are none. */
function submit(state: State): boolean {
  state.isSubmitted = true;
  state.serviceError = undefined;
  update(state);
  const invalid = invalidFields(state);
  if (state.validated.body && invalid.length === 0) return true;
  announce(t('summary.announce', invalid.length));
  return false;
}

/** Opens the review, or moves the focus to the first field with an error. */
export function openReview(state: State): void {
  if (submit(state)) openReviewStep();
  else
    invalidFields(state)
      .find(({ field }) => field)
      ?.field?.focus();
}

function canEnter(state: State, step: Step): boolean {
  if (step === 'review') return submit(state);
  if (step === 'created') return state.createdTracker !== undefined;
  return true;
}

/** The last outcome belongs to the request that was sent, not to another one. */
function forgetOutcome(state: State): void {
  const { creationOutcome, validated, isLocked } = state;
  if (!isLocked) state.sentBefore = undefined;
  if (creationOutcome && !isLocked && JSON.stringify(creationOutcome.sent) !== JSON.stringify(validated.draft))
    state.creationOutcome = undefined;
}

/** Shows the step that the address names, if the form is ready for it. */
export function enterStep(state: State, path: string): void {
  const step = stepOf(path);
  if (!canEnter(state, step)) {
    replaceByForm();
    return;
  }
  const before = state.step;
  // The tracker was created while another page was open.
  if (step === 'edit' && before === 'review' && state.createdTracker) {
    openCreated();
    return;
  }
  state.step = step;
  if (step !== 'created' && state.createdTracker) {
    state.createdTracker = undefined;
    state.creationOutcome = undefined;
    state.sentBefore = undefined;
  }
  if (step === 'review') forgetOutcome(state);
  showStep(state);
  if (step === before) return;
  if (step === 'edit') {
    (state.onEdit ?? (() => byId('heading').focus()))();
    state.onEdit = undefined;
    return;
  }
  byId(step === 'review' ? 'review-heading' : 'response-heading').focus({ preventScroll: true });
  scrollTo({ top: 0 });
  if (step !== 'review') return;
  checkForReview(state);
  void lookUpName(state, () => {
    showReview(state);
    showPreview(state);
  });
}

export function showStep(state: State): void {
  const { step, form } = state;
  form.element.hidden = step !== 'edit';
  byId('tools').hidden = step !== 'edit';
  byId('review').hidden = step !== 'review';
  byId('actions').hidden = step === 'created';
  showReview(state);
  showPreview(state);
  showResponse(state);
  showActions(state);
}
