// The review: the values of the form by its cards, its warnings, what is known about the bucket, and what costs money.
import { byId, h, render } from '../../dom.js';
import type { Field } from '../../field.js';
import { languageCode, type PlainTextKey, t, withLabel } from '../../i18n.js';
import { describe } from '../../progress.js';
import { describeName } from '../look-up.js';
import { openForm } from '../route.js';
import type { State } from '../state.js';
import { currentCheck } from './bucket-check.js';

type Row = readonly [label: string, value: string];

const isReviewed = (field: Field) =>
  field.isApplicable && field.element.closest('.card[hidden], #obs[hidden]') === null;

function rowList(rows: readonly Row[]): HTMLElement {
  return h(
    'dl',
    { class: 'values' },
    rows.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value === '' ? '–' : value))),
  );
}

interface Group {
  readonly title: string;
  readonly fields: readonly Field[];
  readonly rows: readonly Row[];
}

/** The cards of the form that apply, with their values. */
function groupsOf({ form }: State): Group[] {
  return [...form.element.querySelectorAll<HTMLElement>('.card:not([hidden])')].map((card) => {
    const fields = [...form.fields.values()].filter((field) => card.contains(field.element) && isReviewed(field));
    return {
      title: card.querySelector('h2')?.textContent ?? '',
      fields,
      rows: fields.map((field): Row => [field.labelText, field.displayedValue]),
    };
  });
}

function renderGroup(state: State, { title, fields, rows }: Group): HTMLElement {
  const onclick = () => openForm(state, () => fields[0]?.focus());
  const edit = h(
    'button',
    { type: 'button', class: 'link', onclick },
    t('review.edit'),
    h('span', { class: 'hidden' }, ` ${title}`),
  );
  return h('section', { class: 'card' }, h('div', { class: 'head' }, h('h3', {}, title), edit), rowList(rows));
}

/** What is known about the bucket, before the tracker is created. */
function bucketText(state: State): string {
  const { form, checkProgress } = state;
  if (!form.pageValues.transferToObs) return t('review.noTransfer');
  if (form.createsBucket) return t('review.newBucket');
  if (checkProgress) return describe(checkProgress, performance.now());
  const check = currentCheck(state);
  return check?.text ?? t('review.notChecked');
}

/** The services that charge for what the form asks for. */
function costs({ form: { pageValues }, validated: { draft } }: State): PlainTextKey[] {
  const billed: PlainTextKey[] = [];
  if (pageValues.transferToObs) billed.push('costs.obs');
  if (draft.is_support_trace_files_encryption) billed.push('costs.kms');
  if (draft.is_lts_enabled) billed.push('costs.lts');
  return billed.length > 0 ? billed : ['costs.none'];
}

function warningsOf({ form, validated }: State): string[] {
  return validated.warnings.map(({ path, message }) => {
    const field = form.fieldFor(path);
    return field ? withLabel(field.labelText, [message]) : message;
  });
}

export function showReview(state: State): void {
  const { step, account } = state;
  if (step !== 'review') return;
  const where: Row[] = [
    [t('account.region'), account.region],
    [t('project.label'), account.projectId],
  ];
  const groups = groupsOf(state);
  const bucket = bucketText(state);
  const rating = currentCheck(state)?.rating ?? 'unknown';
  const name = describeName(state);
  const warnings = warningsOf(state);
  const billed = costs(state);
  // Two parts, because what is found out about the bucket and the name must not move the focus from a value's button.
  render(byId('review-values'), [languageCode(), where, groups.map(({ rows }) => rows)], () => [
    h('section', { class: 'card' }, h('h3', {}, t('review.where')), rowList(where)),
    ...groups.map((group) => renderGroup(state, group)),
  ]);
  render(byId('review-before'), [languageCode(), bucket, rating, name, warnings, billed], () => [
    h(
      'section',
      { class: 'card' },
      h('h3', {}, t('review.before')),
      h(
        'ul',
        { class: 'checked' },
        h('li', { class: name.rating, id: 'review-name' }, name.text),
        h('li', { class: rating, id: 'review-bucket' }, bucket),
      ),
      warnings.length > 0 &&
        h(
          'ul',
          { class: 'warnings', id: 'review-warnings' },
          warnings.map((text) => h('li', {}, text)),
        ),
      h(
        'ul',
        { class: 'costs', id: 'review-costs' },
        billed.map((each) => h('li', {}, t(each))),
      ),
    ),
  ]);
}
