// The tabs of the preview, one for each tool.
import { tools } from '../../code/tools.js';
import { byId, h, render } from '../../dom.js';
import { languageCode, t } from '../../i18n.js';
import type { State } from '../state.js';

const tabs = (): HTMLElement[] => [...byId('code-tabs').querySelectorAll<HTMLElement>('[role=tab]')];

export function showTabs({ tool }: State): void {
  render(byId('code-tabs'), languageCode(), () =>
    tools.map(({ id, label }) =>
      h('button', { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': 'code-panel' }, t(label)),
    ),
  );
  for (const tab of tabs()) {
    const isSelected = tab.id === `tab-${tool.id}`;
    tab.setAttribute('aria-selected', String(isSelected));
    tab.tabIndex = isSelected ? 0 : -1;
  }
  byId('code-panel').setAttribute('aria-labelledby', `tab-${tool.id}`);
}

const STEPS: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** `show` runs after another tool has been selected. */
export function listenToTabs(state: State, show: () => void): void {
  const list = byId('code-tabs');
  const select = (index: number) => {
    const tool = tools[index];
    if (!tool) return;
    state.tool = tool;
    show();
  };
  list.addEventListener('click', (event) => {
    if (event.target instanceof HTMLElement) select(tabs().indexOf(event.target));
  });
  list.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    const index = event.target instanceof HTMLElement ? tabs().indexOf(event.target) : -1;
    if (!step || index < 0) return;
    event.preventDefault();
    const next = step(index, tools.length);
    select(next);
    tabs()[next]?.focus();
  });
}
