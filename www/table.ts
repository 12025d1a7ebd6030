import { h } from './dom.js';

/** A table with a heading for each column. */
export const table = (headings: readonly string[], body: HTMLElement, className = ''): HTMLElement =>
  h(
    'table',
    { class: className },
    h('thead', {}, h('tr', {}, ...headings.map((text) => h('th', { scope: 'col' }, text)))),
    body,
  );
