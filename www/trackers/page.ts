// The page "Trackers".
import { h, render } from '../dom.js';
import { languageCode, t } from '../i18n.js';
import type { Page } from '../page.js';

export function openTrackersPage(root: HTMLElement): Page {
  return {
    render() {
      render(root, languageCode(), () => [h('p', { class: 'card hint' }, t('page.empty'))]);
    },
  };
}
