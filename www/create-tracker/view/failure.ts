// Shows a failed call: what happened, what to do, and the HTTP exchange.
import { isCtsError } from 'cts-tracker';
import { h } from '../../dom.js';
import type { Field } from '../../field.js';
import { t } from '../../i18n.js';
import type { Outcome } from '../../recording-client.js';
import { adviceFor, type FailedOperation, isCutOff, isFromProxy, kindOf, titleFor } from '../failure.js';
import { openForm } from '../route.js';
import type { State } from '../state.js';
import { type Detail, detailList, exchangeBodies, exchangeDetails, languageOf } from './exchange.js';

interface FailureOptions {
  readonly operation: FailedOperation;
  /** The fields that the service error may belong to. */
  readonly fields?: readonly Field[];
  /** Asks the user whether the tracker was created. */
  readonly resolution?: Node | undefined;
}

/** The message of the service, of the proxy, or of an unexpected error. Other messages repeat the advice. */
function messageDetail(error: Error): Detail {
  const isOwn = ['internal', 'unknown'].includes(kindOf(error));
  const message = isCtsError(error) && !isOwn ? error.errorMsg : isOwn ? error.message : undefined;
  const label = isFromProxy(error) ? 'response.proxyMessage' : 'response.serviceMessage';
  return [isOwn ? 'response.errorMessage' : label, message && h('span', { lang: languageOf(message) }, message)];
}

/** The ID in the part of the body that has arrived. */
const partialId = (body: string) => /"id"\s*:\s*"([^"]+)"/.exec(body)?.[1];

export function renderFailure(
  state: State,
  outcome: Outcome<unknown> & { readonly error: Error },
  { operation, fields = [], resolution }: FailureOptions,
): Node[] {
  const { error, exchange } = outcome;
  return [
    h(
      'div',
      { class: 'outcome bad' },
      h('h3', {}, titleFor(error, exchange)),
      h('p', {}, adviceFor(error, exchange, operation)),
      fields.map((field) => {
        const text = t('response.goToField', { field: field.labelText });
        const onclick = () => openForm(state, () => field.focus());
        return h('p', {}, h('button', { type: 'button', class: 'link', onclick }, text));
      }),
      resolution,
    ),
    detailList([
      ...exchangeDetails(outcome),
      ['response.trackerId', isCutOff(exchange) ? partialId(exchange?.responseBody ?? '') : undefined],
      ['response.errorType', kindOf(error)],
      ['response.errorCode', isCtsError(error) ? error.errorCode : undefined],
      messageDetail(error),
    ]),
    ...exchangeBodies(exchange),
  ];
}
