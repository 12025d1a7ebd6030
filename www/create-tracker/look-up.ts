// Looks up trackers: whether one of the same name exists before a creation, and what became of a creation whose outcome
// is unknown. It only reads.
import { type CreationResolution, isCtsError, resolveCreation, type Tracker } from 'cts-tracker';
import { announce } from '../announce.js';
import { t } from '../i18n.js';
import type { Outcome } from '../recording-client.js';
import { titleFor } from './failure.js';
import type { State } from './state.js';
import { forgetSent, type Sent } from './unknown-outcome.js';

/** A user waits for it, and can look it up again. */
const TIMEOUT_MS = 10_000;

export interface NameLookup {
  /** Equal for equal questions. */
  readonly key: string;
  /** Undefined while the lookup is in flight. */
  readonly outcome?: Outcome<readonly Tracker[]>;
}

/** The question that the form asks: whether this project has a tracker of this type and name. */
function nameQuestion({ account: { projectId }, validated: { body } }: State) {
  const trackerType: 'system' | 'data' = body?.tracker_type === 'system' ? 'system' : 'data';
  return { projectId, trackerType, trackerName: String(body?.tracker_name ?? '') };
}

/** Looks for a tracker of the name in the form. `show` runs when the lookup starts and ends. */
export async function lookUpName(state: State, show: () => void): Promise<void> {
  const question = nameQuestion(state);
  const key = JSON.stringify(question);
  if (state.nameLookup?.key === key && !state.nameLookup.outcome?.error) return;
  state.nameLookup = { key };
  show();
  const outcome = await state.lookupClient.call((client) => client.listTrackers(question));
  // The name may have changed meanwhile.
  if (state.nameLookup?.key !== key) return;
  state.nameLookup = { key, outcome };
  show();
}

/** What is known about the name, in words. */
export function describeName(state: State): { rating: 'good' | 'bad' | 'unknown'; text: string } {
  const { projectId, trackerName: name } = nameQuestion(state);
  const { key, outcome } = state.nameLookup ?? {};
  if (key !== JSON.stringify(nameQuestion(state))) return { rating: 'unknown', text: t('name.notLookedUp') };
  if (!outcome) return { rating: 'unknown', text: t('name.lookingUp') };
  if (outcome.error)
    return { rating: 'unknown', text: t('name.failed', { reason: titleFor(outcome.error, outcome.exchange) }) };
  // The list may contain trackers of other projects.
  const exists = outcome.value.some(
    (tracker) => tracker.tracker_name === name && (tracker.project_id ?? projectId) === projectId,
  );
  return exists
    ? { rating: 'bad', text: t('name.exists', { name }) }
    : { rating: 'good', text: t('name.free', { name }) };
}

/** What was sent by the creation that may have created the tracker; undefined if it cannot be looked up. */
export function creationToLookUp({ creationOutcome, sentBefore }: State): Sent | undefined {
  const error = creationOutcome?.outcome.error;
  return error && isCtsError(error) ? error.creation : sentBefore?.creation;
}

/** After the outcome has become known. */
export function unlock(state: State): void {
  state.isLocked = false;
  forgetSent();
}

/** Finds out what became of the creation that failed, and unlocks the page if that is certain. */
export async function lookUpCreation(state: State): Promise<void> {
  const creation = creationToLookUp(state);
  if (!creation || state.isLookingUp) return;
  state.isLookingUp = true;
  state.resolution = undefined;
  announce(t('resolution.lookingUp'));
  const outcome = await state.lookupClient.call((client) =>
    resolveCreation(client, { creation }, { timeoutMs: TIMEOUT_MS }),
  );
  state.isLookingUp = false;
  state.resolution = outcome;
  const found = outcome.value;
  if (found?.resolution === 'existed_before') unlock(state);
  if (found?.resolution === 'created') {
    unlock(state);
    state.createdTracker = { name: found.tracker.tracker_name ?? '', response: found.tracker };
  } else {
    announce(describeResolution(outcome));
  }
}

/** What the lookup found out, in words. */
export function describeResolution({ value, error, exchange }: Outcome<CreationResolution>): string {
  const failed = (cause: Error) => t('resolution.failed', { reason: titleFor(cause, exchange) });
  if (error) return failed(error);
  switch (value.resolution) {
    case 'created':
      return t('resolution.created');
    case 'existed_before':
      return t('resolution.existedBefore');
    case 'differs': {
      const fields = value.differences.map(({ path }) => path.join('.')).join(t('field.listSeparator'));
      return t('resolution.differs', { fields });
    }
    case 'not_seen':
      return t('resolution.notSeen');
    case 'unknown':
      return failed(value.cause);
  }
}
