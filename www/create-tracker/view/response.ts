// The last creation: its progress, then its response.
import type { CreateTrackerResponse } from 'cts-tracker';
import { byId, h } from '../../dom.js';
import { findText, languageCode, t } from '../../i18n.js';
import { describe } from '../../progress.js';
import type { Outcome } from '../../recording-client.js';
import { mayHaveCreated } from '../failure.js';
import type { State } from '../state.js';
import type { SentBefore } from '../unknown-outcome.js';
import { type Detail, detailList, exchangeBodies, exchangeDetails } from './exchange.js';
import { renderFailure } from './failure.js';
import { renderNextSteps } from './next-steps.js';
import { renderResolution } from './resolution.js';

/** The text for a word of the service, or the word itself if it is unknown. */
const textFor = (group: 'status' | 'detail', word: string | undefined) =>
  word === undefined ? undefined : (findText(`${group}.${word}`) ?? word);

const formatTime = (time: number) =>
  new Intl.DateTimeFormat(languageCode(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time));

function trackerDetails({ id, detail, create_time: time, obs_info: obs, lts }: CreateTrackerResponse): Detail[] {
  return [
    ['response.trackerId', id],
    ['response.detail', textFor('detail', detail)],
    ['response.time', time ? formatTime(time) : undefined],
    ['response.bucket', obs?.bucket_name],
    [
      'response.lts',
      lts?.is_lts_enabled ? [lts.log_group_name, lts.log_topic_name].filter(Boolean).join(' / ') : undefined,
    ],
  ];
}

function renderCreated(state: State, outcome: Outcome<CreateTrackerResponse> | undefined): Node[] {
  const { name = '', response } = state.createdTracker ?? {};
  const text = response
    ? t('response.createdText', { name, status: textFor('status', response.status) ?? '–' })
    : t('resolution.confirmedThere', { name });
  return [
    h('div', { class: 'outcome good' }, h('h3', {}, t('response.created')), h('p', {}, text)),
    renderNextSteps(state),
    detailList([...exchangeDetails(outcome), ...(response ? trackerDetails(response) : [])]),
    ...exchangeBodies(outcome?.exchange),
  ];
}

function renderPending(state: State, now: number): Node[] {
  const { progress } = state.creation ?? {};
  return [
    h(
      'div',
      { class: 'outcome pending' },
      h('h3', {}, t('action.creating')),
      progress && h('p', {}, describe(progress, now)),
    ),
  ];
}

function renderSentBefore(state: State, { name, creation }: SentBefore): Node[] {
  return [
    h(
      'div',
      { class: 'outcome bad' },
      h('h3', {}, t('sentBefore.title')),
      h('p', {}, t(creation ? 'sentBefore.text' : 'sentBefore.otherProject', { name })),
      renderResolution(state),
    ),
  ];
}

function renderResponse(state: State): Node[] {
  const { creationOutcome, serviceError } = state;
  if (state.creation) return renderPending(state, performance.now());
  const { outcome } = creationOutcome ?? {};
  if (state.sentBefore && !state.createdTracker) return renderSentBefore(state, state.sentBefore);
  if (state.createdTracker || !outcome?.error) return renderCreated(state, outcome);
  const { error, exchange } = outcome;
  return renderFailure(state, outcome, {
    operation: 'create',
    fields: serviceError?.error === error ? serviceError.fields : [],
    resolution: mayHaveCreated(error, exchange) ? renderResolution(state) : undefined,
  });
}

export function showResponse(state: State): void {
  const { creation, creationOutcome, sentBefore, createdTracker } = state;
  byId('result').hidden = !creation && !creationOutcome && !sentBefore && !createdTracker;
  if (byId('result').hidden) return;
  byId('response').replaceChildren(...renderResponse(state));
}
