// The page "Check buckets".
import { parseCsv } from '../csv.js';
import { h, render } from '../dom.js';
import { download } from '../download.js';
import { languageCode, t } from '../i18n.js';
import type { Page, Shell } from '../page.js';
import { describe } from './describe.js';
import { rowsAsCsv, rowsOf } from './rows.js';
import { MAX_ROWS, Session } from './session.js';
import { type Filter, Table } from './table.js';

const FILTERS = ['all', 'invalid', 'unchecked', 'good', 'bad', 'failed'] as const satisfies readonly Filter[];

export function openCheckBucketsPage(root: HTMLElement, { account }: Shell): Page {
  const session = new Session(account, () => show());
  const table = new Table(session);
  const paste = h('section', { class: 'card' });
  const status = h('div', { class: 'row', role: 'status' });
  const actions = h('div', { class: 'row' });
  root.append(paste, h('section', { class: 'card' }, actions, status, table.element));
  let dropped = 0;
  function renderPaste(): Node[] {
    const text = h('textarea', {
      id: 'buckets-text',
      rows: 4,
      'aria-describedby': 'buckets-hint',
      spellcheck: 'false',
    });
    const add = () => {
      dropped = session.add(rowsOf(parseCsv(text.value), session.region));
      text.value = '';
      show();
    };
    return [
      h(
        'div',
        { class: 'field' },
        h('label', { class: 'label', for: text.id }, t('checkBuckets.paste')),
        h('p', { class: 'hint', id: 'buckets-hint' }, t('checkBuckets.pasteHint', { region: session.region || '–' })),
        text,
      ),
      h('button', { type: 'button', class: 'button', onclick: add }, t('checkBuckets.add')),
    ];
  }

  function renderActions(): (Node | false)[] {
    const { isRunning, rows, counts } = session;
    const button = (text: string, onclick: () => void, kind = '') =>
      h('button', { type: 'button', class: `button ${kind}`, onclick }, text);
    const run = () => {
      if (rows.every(({ issues }) => issues.some(({ severity }) => severity === 'error'))) table.focusInvalid();
      else void session.run();
    };
    const filter = h(
      'select',
      {
        'aria-label': t('checkBuckets.filter'),
        onchange: () => {
          table.filter = FILTERS[filter.selectedIndex] ?? 'all';
          show();
        },
      },
      FILTERS.map((each) => h('option', { selected: each === table.filter }, t(`checkBuckets.filter.${each}`))),
    );
    return [
      isRunning
        ? button(t('checkBuckets.stop'), () => session.stop())
        : button(t('checkBuckets.run', { n: rows.length }), run, 'primary'),
      !isRunning &&
        counts.failed > 0 &&
        button(t('checkBuckets.retry', { n: counts.failed }), () => void session.run({ onlyFailed: true })),
      button(t('checkBuckets.export'), () => download('buckets.csv', rowsAsCsv(rows, describe), 'text/csv')),
      button(t('checkBuckets.clear'), () => session.clear()),
      filter,
    ];
  }

  function renderStatus(): (Node | false)[] {
    const { progress, counts, error } = session;
    const isChecked = counts.unchecked < session.rows.length;
    return [
      progress !== undefined &&
        h('progress', { max: progress.total, value: progress.done, 'aria-label': t('checkBuckets.progress') }),
      progress !== undefined && h('p', {}, t('checkBuckets.running', progress)),
      progress === undefined && isChecked && h('p', {}, session.summary),
      error !== '' && h('p', { class: 'errors' }, error),
      dropped > 0 && h('p', { class: 'errors' }, t('checkBuckets.dropped', { n: dropped, max: MAX_ROWS })),
    ];
  }

  function show(): void {
    const { isRunning, rows, counts, progress, error } = session;
    render(paste, languageCode(), renderPaste);
    render(actions, [languageCode(), isRunning, rows.length, counts.failed, table.filter], renderActions);
    render(status, [languageCode(), progress, counts, error, dropped], renderStatus);
    table.show();
  }

  session.clear();
  return { render: show };
}
