// The response to the last creation.
import type { CreateTrackerResponse } from 'cts-tracker';
import { byId, h } from '../../dom.js';
import { findText, languageCode, t } from '../../i18n.js';
import type { Exchange } from '../../recording-client.js';
import { mayHaveCreated } from '../failure.js';
import type { State } from '../state.js';
import { showActions } from './actions.js';
import { detailList, exchangeBodies, exchangeDetails } from './exchange.js';
import { renderFailure } from './failure.js';

/** The text for a word of the service, or the word itself if it is unknown. */
const textFor = (group: 'status' | 'detail', word: string | undefined) =>
  word === undefined ? undefined : (findText(`${group}.${word}`) ?? word);

const formatTime = (time: number) =>
  new Intl.DateTimeFormat(languageCode(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time));

function renderCreated(tracker: CreateTrackerResponse, exchange: Exchange | undefined): Node[] {
  const { id, tracker_name: name = '–', status, detail, create_time: time, obs_info: obs, lts } = tracker;
  const text = t('response.createdText', { name, status: textFor('status', status) ?? '–' });
  return [
    h('div', { class: 'outcome good' }, h('h3', {}, t('response.created')), h('p', {}, text)),
    detailList([
      ...exchangeDetails(exchange),
      ['response.trackerId', id],
      ['response.detail', textFor('detail', detail)],
      ['response.time', time ? formatTime(time) : undefined],
      ['response.bucket', obs?.bucket_name],
      [
        'response.lts',
        lts?.is_lts_enabled ? [lts.log_group_name, lts.log_topic_name].filter(Boolean).join(' / ') : undefined,
      ],
    ]),
    ...exchangeBodies(exchange),
  ];
}

/** After an unknown outcome, the user must confirm that the tracker was not created before sending again. */
function confirmation(state: State): HTMLElement {
  const checkbox = h('input', { type: 'checkbox', id: 'not-created', checked: !state.isLocked });
  checkbox.addEventListener('change', () => {
    state.isLocked = !checkbox.checked;
    showActions(state);
  });
  return h('p', { class: 'lock' }, checkbox, h('label', { for: checkbox.id }, t('action.notCreated')));
}

function renderResponse(state: State): Node[] {
  const { creationOutcome: outcome, serviceError } = state;
  if (!outcome) return [h('p', { class: 'hint' }, t('response.empty'))];
  const { value, error, exchange } = outcome;
  if (!error) return renderCreated(value, exchange);
  return renderFailure(error, exchange, {
    operation: 'create',
    fields: serviceError?.error === error ? serviceError.fields : [],
    confirmation: mayHaveCreated(error, exchange) ? confirmation(state) : undefined,
  });
}

export function showResponse(state: State): void {
  byId('response').replaceChildren(...renderResponse(state));
  showActions(state);
}
