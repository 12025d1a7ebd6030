// What the user can do after the tracker was created.
import { byId, h } from '../../dom.js';
import { t } from '../../i18n.js';
import { hrefOf } from '../../router.js';
import { prepareAnother } from '../fill.js';
import { openForm } from '../route.js';
import type { State } from '../state.js';

function createAnother(state: State): void {
  state.creationOutcome = undefined;
  prepareAnother(state);
  openForm(state, () => byId('heading').focus());
}

export function renderNextSteps(state: State): HTMLElement {
  const bucket = state.createdTracker?.response?.obs_info?.bucket_name;
  return h(
    'div',
    { class: 'next' },
    h('h3', {}, t('next.heading')),
    h(
      'ul',
      {},
      h('li', {}, h('a', { href: hrefOf('trackers') }, t('next.trackers'))),
      bucket && h('li', {}, t('next.bucket', { bucket })),
    ),
    h(
      'button',
      { type: 'button', class: 'button', id: 'another', onclick: () => createAnother(state) },
      t('next.another'),
    ),
  );
}
