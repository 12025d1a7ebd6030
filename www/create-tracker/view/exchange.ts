// Shows the HTTP exchange of a call: status, request ID and both bodies.
import { isCtsError } from 'cts-tracker';
import { h } from '../../dom.js';
import { type PlainTextKey, t } from '../../i18n.js';
import { type Exchange, type Outcome, truncate } from '../../recording-client.js';

/** The language of a text from the service or a gateway, for screen readers. */
export const languageOf = (text: string): string => (/\p{sc=Han}/u.test(text) ? 'zh-CN' : 'en');

export type Detail = readonly [label: PlainTextKey, value: Node | string | number | undefined];

/** A list of details. Details without a value are left out. */
export function detailList(details: readonly Detail[]): HTMLElement {
  return h(
    'dl',
    { class: 'details' },
    details.map(([label, value]) => {
      if (value === undefined || value === '') return null;
      return h('div', {}, h('dt', {}, t(label)), h('dd', {}, value instanceof Node ? value : String(value)));
    }),
  );
}

const MS_PER_SECOND = 1000;

/** `850 ms`, `14.2 s`. */
const formatDuration = (ms: number) =>
  ms < MS_PER_SECOND
    ? t('response.milliseconds', { n: Math.round(ms) })
    : t('response.seconds', { n: (ms / MS_PER_SECOND).toFixed(1) });

export function exchangeDetails(outcome: Outcome<unknown> | undefined): Detail[] {
  if (!outcome) return [];
  const { exchange, error, durationMs } = outcome;
  const failure = error && isCtsError(error) ? error : undefined;
  const noStatus = exchange && t('response.noStatus');
  const noRequestId = exchange?.status === undefined ? undefined : t('response.noRequestId');
  return [
    ['response.status', exchange?.status ?? failure?.status ?? noStatus],
    ['response.requestId', exchange?.requestId ?? failure?.requestId ?? noRequestId],
    ['response.duration', exchange && formatDuration(durationMs)],
    ['response.attempts', failure && failure.attempts > 1 ? failure.attempts : undefined],
  ];
}

function indentJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function bodyBlock(label: 'response.body' | 'response.requestBody', line: string, body: string): HTMLElement {
  const { text, isTruncated } = truncate(indentJson(body));
  return h(
    'details',
    { open: label === 'response.body' },
    h('summary', {}, t(label)),
    h('p', { class: 'line' }, h('code', {}, line)),
    text === ''
      ? h('p', { class: 'hint' }, t('response.noBody'))
      : h(
          'pre',
          { tabindex: 0, role: 'region', 'aria-label': t(label) },
          h('code', { lang: languageOf(text) }, text),
          isTruncated && t('response.truncated'),
        ),
  );
}

export function exchangeBodies(exchange: Exchange | undefined): HTMLElement[] {
  if (!exchange) return [];
  const status = exchange.status === undefined ? t('response.noStatus') : `HTTP ${exchange.status}`;
  return [
    bodyBlock('response.body', status, exchange.responseBody),
    bodyBlock('response.requestBody', `${exchange.method} ${new URL(exchange.url).pathname}`, exchange.requestBody),
  ];
}
