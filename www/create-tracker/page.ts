// The page "Create tracker".
import { byId } from '../dom.js';
import { t } from '../i18n.js';
import type { Page, Shell } from '../page.js';
import { listen } from './events.js';
import { fillFromConfig } from './fill.js';
import { createState } from './state.js';
import { update } from './update.js';
import { showResponse } from './view/response.js';

export function openCreateTrackerPage(_root: HTMLElement, shell: Shell): Page {
  const state = createState(shell);
  fillFromConfig(state);
  listen(state);
  return {
    render() {
      for (const period of byId('lifecycle').querySelectorAll<HTMLElement>('[data-days]'))
        period.textContent = t('lifecycle.days', Number(period.dataset.days));
      update(state);
      showResponse(state);
    },
  };
}
