// What the page "Validate a file" shows of a session.
import { h } from '../dom.js';
import { download } from '../download.js';
import { type PlainTextKey, t } from '../i18n.js';
import { table } from '../table.js';
import type { Kind } from './messages.js';
import { type Finding, pathOf, reportAsCsv } from './report.js';
import type { Session } from './session.js';

export const firstRows = 200;

/** Which of the findings are shown. */
export interface Shown {
  /** Only those with this code; empty for all. */
  code: string;
  rows: number;
}

const KINDS: readonly (readonly [kind: Kind | undefined, text: PlainTextKey])[] = [
  [undefined, 'validateFile.kind.auto'],
  ['createTracker', 'validateFile.kind.createTracker'],
  ['checkBucket', 'validateFile.kind.checkBucket'],
];

export function renderChoice(session: Session, validate: (file: File) => void): Node[] {
  const file = h('input', {
    type: 'file',
    id: 'file',
    'aria-describedby': 'file-hint',
    accept: '.ndjson,.jsonl,.json,.yaml,.yml,.txt',
    onchange: () => {
      const [chosen] = file.files ?? [];
      if (chosen) validate(chosen);
    },
  });
  const kind = h(
    'select',
    { id: 'file-kind', onchange: () => session.chooseKind(KINDS[kind.selectedIndex]?.[0]) },
    KINDS.map(([value, text]) => h('option', { selected: value === session.chosenKind }, t(text))),
  );
  return [
    h(
      'div',
      { class: 'field' },
      h('label', { class: 'label', for: 'file' }, t('validateFile.file')),
      h('p', { class: 'hint', id: 'file-hint' }, t('validateFile.hint')),
      file,
    ),
    h('div', { class: 'field' }, h('label', { class: 'label', for: 'file-kind' }, t('validateFile.kind')), kind),
  ];
}

const button = (text: string, onclick: () => void): HTMLElement =>
  h('button', { type: 'button', class: 'button', onclick }, text);

function renderRow(session: Session, { line, issue }: Finding): HTMLElement {
  const open = h(
    'button',
    {
      type: 'button',
      class: 'link',
      'aria-label': t('validateFile.openLine', { line }),
      onclick: () => session.open(line),
    },
    t('validateFile.open'),
  );
  return h(
    'tr',
    { class: issue.severity },
    h('td', {}, String(line)),
    h('td', {}, h('code', {}, pathOf(issue))),
    h('td', {}, issue.severity === 'warning' && h('b', {}, t('field.warning')), issue.message),
    h('td', {}, session.canOpen && issue.code !== 'invalid_json' && open),
  );
}

function renderTable(session: Session, findings: readonly Finding[]): HTMLElement {
  const headings = [
    t('validateFile.line'),
    t('validateFile.field'),
    t('validateFile.message'),
    t('validateFile.action'),
  ];
  const rows = findings.map((finding) => renderRow(session, finding));
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-labelledby': 'file-result' },
    table(headings, h('tbody', {}, rows)),
  );
}

function renderFilter(session: Session, shown: Shown, changed: () => void): HTMLElement {
  const { report } = session;
  const codes = ['', ...report.codes.keys()];
  const filter = h(
    'select',
    {
      id: 'code-filter',
      onchange: () => {
        shown.code = codes[filter.selectedIndex] ?? '';
        shown.rows = firstRows;
        changed();
      },
    },
    codes.map((code) =>
      h(
        'option',
        { selected: code === shown.code },
        code === '' ? t('validateFile.all') : `${code} (${report.codes.get(code)})`,
      ),
    ),
  );
  return h(
    'div',
    { class: 'row' },
    h('label', { class: 'label', for: 'code-filter' }, t('validateFile.filter')),
    filter,
    button(t('validateFile.export'), () =>
      download('issues.csv', reportAsCsv(report.withCode(shown.code)), 'text/csv'),
    ),
  );
}

/** `changed` runs after another part of the findings is to be shown. */
export function renderResult(session: Session, shown: Shown, changed: () => void): (Node | false)[] {
  const { report, file, status, bytes, isNotOpened, statusText } = session;
  const findings = report.withCode(shown.code);
  const isRunning = status === 'running';
  return [
    h('h2', { id: 'file-result' }, t('validateFile.result')),
    isRunning && h('progress', { max: file?.size || 1, value: bytes, 'aria-label': t('validateFile.result') }),
    h('p', { class: status === 'unreadable' ? 'errors' : '' }, statusText),
    isRunning && button(t('validateFile.stop'), () => session.stop()),
    isNotOpened && h('p', { class: 'errors' }, t('validateFile.notOpened')),
    report.findings.length > 0 && renderFilter(session, shown, changed),
    report.dropped > 0 && h('p', { class: 'hint' }, t('validateFile.dropped', { n: report.findings.length })),
    findings.length > 0 && renderTable(session, findings.slice(0, shown.rows)),
    findings.length > shown.rows &&
      button(t('validateFile.more', { n: findings.length - shown.rows }), () => {
        shown.rows += firstRows;
        changed();
      }),
  ];
}
