// What came back, said to a person: what happened, what to do, and the exchange itself for whoever wants it.
import { errorCodes, formatServiceCode, isCtsError } from 'cts-tracker';
import { h } from './dom.js';
import { has, locale, packageLocale, t } from './i18n.js';
import { cut } from './wire.js';

// After these the tracker may exist although we were told nothing, if the request left us at all.
const UNSURE = new Set(['outcome_unknown', 'aborted', 'bad_response', 'internal', 'unknown']);

export const kindOf = (error) => (isCtsError(error) ? error.kind : 'unknown');

/** Whether a tracker may have been created all the same, so that sending again could make a second one. */
export function mayHaveCreated(error, exchange) {
  const kind = kindOf(error);
  if (kind === 'outcome_unknown') return true;
  return UNSURE.has(kind) && (error.sent ? error.sent !== 'no' : exchange !== undefined);
}

/** The entry of the service's code in the package's table. */
export function knownCode(error) {
  // The gateway spells its prefix in two ways; the table has one.
  const code = String(error?.errorCode ?? '')
    .toUpperCase()
    .replace(/^APIG\./, 'APIGW.');
  return Object.hasOwn(errorCodes, code) ? errorCodes[code] : undefined;
}

const codeMeaning = (error) => formatServiceCode(String(error?.errorCode ?? ''), packageLocale());

export function meaningOf(error) {
  return codeMeaning(error) ?? error.errorMsg ?? error.message ?? '';
}

/** The meaning that is shown: none where what the kind advises is stricter, and must not be contradicted. */
export function shownMeaning(error) {
  return ['outcome_unknown', 'unavailable'].includes(kindOf(error)) ? undefined : codeMeaning(error);
}

/** Others' words are in whatever language they write. */
const langOf = (text) => (/\p{sc=Han}/u.test(text) ? 'zh-CN' : 'en');

/** What a person should do, in a sentence or two. `checking` is the check of a bucket, which changes nothing. */
export function adviceFor(error, { checking = false, exchange } = {}) {
  const kind = kindOf(error);
  const sentences = [];
  if (kind === 'aborted') {
    if (!checking) sentences.push(t(mayHaveCreated(error, exchange) ? 'kind.aborted.maybe' : 'kind.aborted.text'));
  } else if (kind === 'throttled' && error.retryAfterMs > 0 && !checking) {
    sentences.push(t('kind.throttled.after', { seconds: Math.ceil(error.retryAfterMs / 1000) }));
  } else if (!checking || ['auth', 'forbidden', 'not_found', 'network', 'proxy', 'internal'].includes(kind)) {
    const bare = kind === 'rejected' && !error.errorCode && !error.errorMsg;
    const key = [
      checking && `kind.${kind}.checking`,
      bare && `kind.${kind}.bare`,
      `kind.${kind}.text`,
      'kind.unknown.text',
    ];
    sentences.push(t(key.find((candidate) => candidate && has(candidate))));
  }
  if (kind === 'conflict' && error.mayAlreadyExist) sentences.push(t('kind.conflict.mayAlreadyExist'));
  if (checking) sentences.push(t('kind.checking.text'));
  return sentences.join(locale() === 'zh-CN' ? '' : ' ');
}

export function titleFor(error) {
  const kind = kindOf(error);
  return t(has(`kind.${kind}.title`) ? `kind.${kind}.title` : 'kind.unknown.title');
}

const facts = (rows) =>
  h(
    'dl',
    { class: 'facts' },
    rows
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([key, value]) => h('div', {}, h('dt', {}, t(key)), h('dd', {}, value))),
  );

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function block(key, head, body, open) {
  const { text, isCut } = cut(body ? pretty(body) : '');
  return h(
    'details',
    { open },
    h('summary', {}, t(key)),
    head && h('p', { class: 'line' }, h('code', {}, head)),
    text
      ? h(
          'pre',
          { tabindex: '0', role: 'region', 'aria-label': t(key) },
          h('code', { lang: langOf(text) }, text),
          isCut && t('answer.cut'),
        )
      : h('p', { class: 'hint' }, t('answer.noBody')),
  );
}

function exchangeBlocks(exchange, open) {
  if (!exchange) return [];
  const status = exchange.status ? `HTTP ${exchange.status}` : t('answer.noStatus');
  return [
    block('answer.received', status, exchange.responseBody, open),
    block('answer.sent', `${exchange.method} ${new URL(exchange.url).pathname}`, exchange.requestBody, false),
  ];
}

const exchangeFacts = (exchange, error) => [
  ['answer.status', exchange?.status ?? error?.status ?? (exchange && t('answer.noStatus'))],
  ['answer.requestId', exchange?.requestId ?? error?.requestId ?? (exchange?.status && t('answer.noRequestId'))],
  ['answer.duration', exchange?.duration && `${Math.round(exchange.duration)} ms`],
  ['answer.attempts', error?.attempts > 1 ? error.attempts : undefined],
];

const known = (prefix, word) =>
  word === undefined ? undefined : has(`${prefix}.${word}`) ? t(`${prefix}.${word}`) : word;

export function renderCreated({ value, exchange }) {
  const time =
    value.create_time &&
    new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(value.create_time));
  return [
    h(
      'div',
      { class: 'outcome good' },
      h('h3', {}, t('answer.created')),
      h(
        'p',
        {},
        t('answer.createdText', { name: value.tracker_name ?? '–', status: known('status', value.status) ?? '–' }),
      ),
    ),
    facts([
      ...exchangeFacts(exchange),
      ['answer.trackerId', value.id],
      ['answer.detail', known('detail', value.detail)],
      ['answer.time', time],
      ['answer.bucket', value.obs_info?.bucket_name],
      [
        'answer.lts',
        value.lts?.is_lts_enabled
          ? [value.lts.log_group_name, value.lts.log_topic_name].filter(Boolean).join(' / ')
          : '',
      ],
    ]),
    ...exchangeBlocks(exchange, true),
  ];
}

/** `goTo` is { label, onclick } of each field that the service's code may be about; `lock` is { checked, onchange }. */
export function renderFailure({ error, exchange, checking }, { goTo = [], lock } = {}) {
  const kind = kindOf(error);
  const internal = ['internal', 'unknown'].includes(kind);
  const meaning = shownMeaning(error);
  const words = internal
    ? String(error?.message ?? error)
    : (error?.errorMsg ?? (kind === 'proxy' ? error.message : undefined));
  return [
    h(
      'div',
      { class: 'outcome bad' },
      h('h3', {}, titleFor(error)),
      h('p', {}, adviceFor(error, { checking, exchange })),
      meaning && h('p', {}, h('strong', {}, meaning)),
      goTo.map(({ label, onclick }) =>
        h('p', {}, h('button', { type: 'button', class: 'link', onclick }, t('answer.field', { field: label }))),
      ),
      lock &&
        h(
          'p',
          { class: 'lock' },
          h('input', { type: 'checkbox', id: 'looked', checked: lock.checked, onchange: lock.onchange }),
          h('label', { for: 'looked' }, t('action.looked')),
        ),
    ),
    facts([
      ...exchangeFacts(exchange, error),
      ['answer.kind', kind],
      ['answer.code', error?.errorCode],
      [
        internal || kind === 'proxy' ? 'answer.programMessage' : 'answer.message',
        words && h('span', { lang: langOf(words) }, words),
      ],
    ]),
    ...exchangeBlocks(exchange, true),
  ];
}

/** What a check says of one bucket; a 200 with `success: false` is an answer, not an error. */
export function verdictOn(bucket) {
  const answer = bucket.check_bucket_response ?? {};
  const verdict = answer.success === true ? 'good' : answer.success === false ? 'bad' : 'unknown';
  const code = `check.${answer.error_code?.replace(/^OBS\./i, '')}`;
  return { answer, verdict, sentence: t(has(code) ? code : `check.${verdict}`) };
}

export function renderChecked(buckets) {
  if (!buckets.length) return [h('p', { class: 'hint' }, t('check.none'))];
  return [
    h(
      'ul',
      { class: 'checked' },
      buckets.map((bucket) => {
        const { answer, verdict, sentence } = verdictOn(bucket);
        return h(
          'li',
          { class: verdict },
          h('p', {}, h('strong', {}, bucket.bucket_name), bucket.bucket_location && ` · ${bucket.bucket_location}`),
          h('p', {}, sentence),
          answer.error_code &&
            h(
              'p',
              { class: 'hint' },
              t('check.said', {
                code: answer.error_code,
                status: answer.response_code ?? '–',
                message: answer.error_message ?? '',
              }),
            ),
        );
      }),
    ),
  ];
}
