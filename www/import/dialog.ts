// The dialog of "Import": a text, a preview of what it changes, and the button that applies it.
import { loadImported } from '../create-tracker/fill.js';
import type { State } from '../create-tracker/state.js';
import { setUnavailable } from '../create-tracker/view/actions.js';
import { h } from '../dom.js';
import { joinSentences, t } from '../i18n.js';
import { table } from '../table.js';
import { ImportFailure, positionOf } from './failure.js';
import { type Change, type Preview, previewImport } from './preview.js';
import { readImport } from './read.js';
import type { ImportedRequest, Note } from './request.js';

const READ_DELAY_MS = 150;

const textOfNote = ({ reason, name, detail }: Note): string => t(`import.note.${reason}`, { name, detail });

function textOfFailure(text: string, { reason, at, detail }: ImportFailure): string {
  const words = t(`import.error.${reason}`, { detail });
  return reason === 'empty' || reason === 'tooLarge'
    ? words
    : t('import.error', { ...positionOf(text, at), reason: words });
}

function valueCell(value: unknown): HTMLElement {
  if (value === undefined) return h('td', { class: 'hint' }, t('import.none'));
  return h('td', {}, h('code', {}, typeof value === 'string' ? value : JSON.stringify(value)));
}

class ImportDialog {
  readonly #state: State;
  readonly #element: HTMLDialogElement;
  readonly #text: HTMLTextAreaElement;
  readonly #status = h('p', { id: 'import-status', role: 'status' });
  readonly #choice = h('div', { class: 'field', hidden: true });
  readonly #preview = h('div', { class: 'import-preview' });
  readonly #apply: HTMLButtonElement;
  #requests: readonly ImportedRequest[] = [];
  #chosen = 0;
  /** The text that was read last. */
  #readText = '';
  #shown: Preview | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(state: State) {
    this.#state = state;
    this.#text = h('textarea', {
      id: 'import-text',
      rows: 8,
      spellcheck: 'false',
      autocapitalize: 'none',
      autocomplete: 'off',
      'aria-describedby': 'import-hint import-status',
      oninput: () => this.#readSoon(),
    });
    this.#apply = h(
      'button',
      { type: 'button', class: 'button primary', id: 'import-apply', onclick: () => this.#confirm() },
      t('import.apply'),
    );
    const close = () => this.#element.close();
    this.#element = h(
      'dialog',
      { class: 'dialog', id: 'import-dialog', 'aria-labelledby': 'import-heading', onclose: () => this.#onClose() },
      h('h2', { id: 'import-heading' }, t('import.heading')),
      h(
        'div',
        { class: 'field' },
        h('label', { class: 'label', for: 'import-text' }, t('import.label')),
        h('p', { class: 'hint', id: 'import-hint' }, t('import.hint')),
        this.#text,
      ),
      this.#status,
      this.#choice,
      this.#preview,
      h(
        'div',
        { class: 'row' },
        this.#apply,
        h('button', { type: 'button', class: 'button', id: 'import-cancel', onclick: close }, t('import.cancel')),
      ),
    );
  }

  open(): void {
    document.body.append(this.#element);
    setUnavailable(this.#apply, true, this.#status);
    this.#element.showModal();
    this.#text.focus();
  }

  #onClose(): void {
    clearTimeout(this.#timer);
    this.#element.remove();
  }

  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), READ_DELAY_MS);
  }

  #read(): void {
    clearTimeout(this.#timer);
    const { value } = this.#text;
    this.#readText = value;
    this.#chosen = 0;
    try {
      this.#requests = readImport(value);
      this.#showRequest();
    } catch (error) {
      if (!(error instanceof ImportFailure)) throw error;
      this.#requests = [];
      this.#showFailure(value, error);
    }
    this.#showChoice();
  }

  #showFailure(text: string, failure: ImportFailure): void {
    this.#shown = undefined;
    // An empty text is not wrong yet.
    const isError = failure.reason !== 'empty';
    this.#setStatus(isError ? textOfFailure(text, failure) : '', isError);
    this.#preview.replaceChildren();
  }

  #setStatus(text: string, isError: boolean): void {
    this.#status.textContent = text;
    this.#status.className = isError ? 'errors' : '';
    if (isError) this.#text.setAttribute('aria-invalid', 'true');
    else this.#text.removeAttribute('aria-invalid');
    setUnavailable(this.#apply, this.#shown === undefined, this.#status);
  }

  /** A text with several trackers asks which one. */
  #showChoice(): void {
    this.#choice.hidden = this.#requests.length < 2;
    if (this.#choice.hidden) return;
    const options = this.#requests.map(({ name }, index) =>
      h('option', { value: index }, name === '' ? t('import.unnamed', { n: index + 1 }) : name),
    );
    const select = h('select', { id: 'import-choice' }, options);
    select.addEventListener('change', () => {
      this.#chosen = Number(select.value);
      this.#showRequest();
    });
    this.#choice.replaceChildren(h('label', { class: 'label', for: 'import-choice' }, t('import.choose')), select);
  }

  #showRequest(): void {
    const { form, validated, account } = this.#state;
    const imported = this.#requests[this.#chosen];
    if (!imported) return;
    const preview = previewImport(imported, {
      controls: form.controls,
      page: form.pageValues,
      validated,
      region: account.region,
    });
    this.#shown = preview;
    const { changes, notes } = preview;
    const summary = [changes.length > 0 ? t('import.changes', changes.length) : t('import.unchanged')];
    if (notes.length > 0) summary.push(t('import.losses', notes.length));
    this.#setStatus(joinSentences(summary), false);
    this.#preview.replaceChildren(
      ...(changes.length > 0 ? [h('h3', {}, t('import.changesHeading')), this.#tableOf(changes)] : []),
      ...(notes.length > 0
        ? [
            h('h3', {}, t('import.lossesHeading')),
            h(
              'ul',
              { class: 'losses' },
              notes.map((each) => h('li', {}, textOfNote(each))),
            ),
          ]
        : []),
    );
  }

  #tableOf(changes: readonly Change[]): HTMLElement {
    const rows = changes.map(({ path, before, after }) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, this.#state.form.fieldFor(path)?.labelText ?? path),
        valueCell(before),
        valueCell(after),
      ),
    );
    const headings = [t('import.field'), t('import.before'), t('import.after')];
    return h('div', { class: 'scroll' }, table(headings, h('tbody', {}, rows)));
  }

  #confirm(): void {
    if (this.#text.value !== this.#readText) this.#read();
    if (!this.#shown) {
      if (this.#requests.length === 0 && this.#status.textContent === '') this.#setStatus(t('import.nothing'), false);
      this.#text.focus();
      return;
    }
    const { request } = this.#shown;
    this.#element.close();
    loadImported(this.#state, request);
  }
}

export function openImportDialog(state: State): void {
  new ImportDialog(state).open();
}
