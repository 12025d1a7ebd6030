// The table of buckets. Its rows are kept while their values change, so that typing stays fast with thousands of rows.
import { byId, h, render } from '../dom.js';
import { languageCode, t } from '../i18n.js';
import { table } from '../table.js';
import { describe } from './describe.js';
import { type BucketRow, isEmpty, ratingOf } from './rows.js';
import type { Session } from './session.js';

export type Filter = 'all' | ReturnType<typeof ratingOf> | 'invalid';

type TextField = 'name' | 'location' | 'kmsId';

const LABELS = {
  name: 'checkBuckets.name',
  location: 'checkBuckets.location',
  kmsId: 'checkBuckets.kmsId',
} as const satisfies Record<TextField, string>;
/** The columns of the API's fields. */
const FIELDS: Readonly<Record<TextField, string>> = {
  name: 'bucket_name',
  location: 'bucket_location',
  kmsId: 'kms_id',
};

interface Elements {
  readonly row: HTMLTableRowElement;
  readonly status: HTMLElement;
  readonly remove: HTMLButtonElement;
  readonly inputs: Readonly<Record<TextField, HTMLInputElement>>;
  readonly messages: Readonly<Record<TextField, HTMLElement>>;
  /** The row as it was shown last. */
  shown: Partial<BucketRow>;
}

export class Table {
  readonly element: HTMLElement;
  filter: Filter = 'all';
  readonly #body = h('tbody', {});
  readonly #session: Session;
  #elements = new WeakMap<BucketRow, Elements>();
  #language: string = '';
  #count = 0;

  constructor(session: Session) {
    this.#session = session;
    this.element = h('div', { class: 'scroll' });
  }

  show(): void {
    if (this.#language !== languageCode()) this.#build();
    const rows = this.#session.rows.filter((row) => this.#isShown(row));
    const elements = rows.map((row) => this.#elementsOf(row));
    const current = [...this.#body.children];
    if (current.length !== elements.length || elements.some(({ row }, index) => row !== current[index]))
      this.#body.replaceChildren(...elements.map(({ row }) => row));
    for (const [index, row] of rows.entries()) update(row, elements[index]);
  }

  /** Moves the focus to the first row with an error. Returns whether there is one. */
  focusInvalid(): boolean {
    const row = this.#session.rows.find(({ issues }) => issues.some(({ severity }) => severity === 'error'));
    const elements = row && this.#elements.get(row);
    const field = (Object.keys(FIELDS) as TextField[]).find(
      (each) => elements?.inputs[each].getAttribute('aria-invalid') === 'true',
    );
    if (elements && field) elements.inputs[field].focus();
    return row !== undefined;
  }

  /** Moves the focus to the row that takes the place of the removed one. */
  #remove(row: BucketRow): void {
    const shown = () => this.#session.rows.filter((each) => this.#isShown(each));
    const index = shown().indexOf(row);
    this.#session.remove(row);
    const next = shown()[index] ?? shown().at(-1);
    (next ? this.#elementsOf(next).remove : byId('heading')).focus();
  }

  #isShown(row: BucketRow): boolean {
    if (this.filter === 'all') return true;
    return this.filter === 'invalid' ? row.issues.length > 0 : ratingOf(row) === this.filter;
  }

  #build(): void {
    this.#language = languageCode();
    this.#elements = new WeakMap();
    const fields = Object.values(LABELS).map((key) => t(key));
    const headings = [...fields, t('checkBuckets.result'), t('checkBuckets.action')];
    this.element.replaceChildren(table(headings, this.#body, 'buckets'));
  }

  #elementsOf(row: BucketRow): Elements {
    const known = this.#elements.get(row);
    if (known) return known;
    const id = `bucket-${(this.#count += 1)}`;
    const cell = (field: TextField) => {
      const messages = h('ul', { class: 'messages', id: `${id}-${field}` });
      const input = h('input', {
        type: 'text',
        value: row[field],
        'aria-label': t(LABELS[field]),
        'aria-describedby': messages.id,
        autocomplete: 'off',
        spellcheck: 'false',
        oninput: () => {
          row[field] = input.value.trim();
          row.result = undefined;
          this.#session.validate();
        },
      });
      return { input, messages, cell: h('td', {}, input, messages) };
    };
    const cells = { name: cell('name'), location: cell('location'), kmsId: cell('kmsId') };
    const status = h('td', { class: 'status' });
    const remove = h(
      'button',
      { type: 'button', class: 'link', onclick: () => this.#remove(row) },
      t('checkBuckets.remove'),
    );
    const elements: Elements = {
      row: h('tr', {}, cells.name.cell, cells.location.cell, cells.kmsId.cell, status, h('td', {}, remove)),
      status,
      remove,
      inputs: { name: cells.name.input, location: cells.location.input, kmsId: cells.kmsId.input },
      messages: { name: cells.name.messages, location: cells.location.messages, kmsId: cells.kmsId.messages },
      shown: {},
    };
    this.#elements.set(row, elements);
    return elements;
  }
}

const isCurrent = (row: BucketRow, shown: Partial<BucketRow>): boolean =>
  row.issues === shown.issues &&
  row.result === shown.result &&
  row.name === shown.name &&
  row.location === shown.location &&
  row.kmsId === shown.kmsId;

function update(row: BucketRow, elements: Elements | undefined): void {
  if (!elements || isCurrent(row, elements.shown)) return;
  elements.shown = { ...row };
  for (const field of Object.keys(FIELDS) as TextField[]) {
    const issues = row.issues.filter(({ path }) => (path[2] ?? 'bucket_name') === FIELDS[field]);
    // An empty row has not been filled in yet.
    const shown = isEmpty(row) ? [] : issues;
    const input = elements.inputs[field];
    if (input.value.trim() !== row[field]) input.value = row[field];
    const isInvalid = shown.some(({ severity }) => severity === 'error');
    if (isInvalid) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
    render(
      elements.messages[field],
      shown.map(({ message }) => message),
      () =>
        shown.map(({ message, severity }) => h('li', { class: severity === 'error' ? 'errors' : 'warnings' }, message)),
    );
  }
  const rating = ratingOf(row);
  render(elements.status, [languageCode(), rating, describe(row)], () => [
    rating !== 'unchecked' && h('span', { class: `badge ${BADGES[rating]}` }, t(`checkBuckets.rating.${rating}`)),
    rating !== 'unchecked' && rating !== 'good' && h('p', { class: 'hint' }, describe(row)),
  ]);
}

const BADGES = { good: 'good', bad: 'bad', failed: 'warning' } as const;
