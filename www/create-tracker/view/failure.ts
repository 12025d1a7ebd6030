// Shows a failed call: what happened, what to do, and the HTTP exchange.
import { isCtsError } from 'cts-tracker';
import { h } from '../../dom.js';
import type { Field } from '../../field.js';
import { t } from '../../i18n.js';
import type { Exchange } from '../../recording-client.js';
import { adviceFor, codeMeaning, kindOf, titleFor } from '../failure.js';
import { type Detail, detailList, exchangeBodies, exchangeDetails, languageOf } from './exchange.js';

interface FailureOptions {
  readonly operation: 'create' | 'check';
  /** The fields that the service error may belong to. */
  readonly fields?: readonly Field[];
  /** Asks the user to confirm that the tracker was not created. */
  readonly confirmation?: Node | undefined;
}

/** The message of the service, of the proxy, or of an unexpected error. Other messages repeat the advice. */
function messageDetail(error: Error): Detail {
  const kind = kindOf(error);
  const message = isCtsError(error) && kind !== 'internal' ? error.errorMsg : error.message;
  const isOwn = ['internal', 'unknown', 'proxy'].includes(kind);
  const text = message ?? (kind === 'proxy' ? error.message : '');
  return [
    isOwn ? 'response.errorMessage' : 'response.serviceMessage',
    text === '' ? undefined : h('span', { lang: languageOf(text) }, text),
  ];
}

export function renderFailure(
  error: Error,
  exchange: Exchange | undefined,
  { operation, fields = [], confirmation }: FailureOptions,
): Node[] {
  const meaning = codeMeaning(error);
  return [
    h(
      'div',
      { class: 'outcome bad' },
      h('h3', {}, titleFor(error)),
      h('p', {}, adviceFor(error, exchange, operation)),
      meaning && h('p', {}, h('strong', {}, meaning)),
      fields.map((field) => {
        const text = t('response.goToField', { field: field.labelText });
        return h('p', {}, h('button', { type: 'button', class: 'link', onclick: () => field.focus() }, text));
      }),
      confirmation,
    ),
    detailList([
      ...exchangeDetails(exchange, error),
      ['response.errorType', kindOf(error)],
      ['response.errorCode', isCtsError(error) ? error.errorCode : undefined],
      messageDetail(error),
    ]),
    ...exchangeBodies(exchange),
  ];
}
