// One field of the form: its controls, label, hint, character counter, errors and warnings.
import type { Constraints } from 'cts-tracker';
import { h, render } from './dom.js';
import { languageCode, t } from './i18n.js';

const ICONS = {
  error: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.5v4.2M8 11.2v.3',
  warning: 'M8 2 14.5 13.5h-13ZM8 6.3v3.4M8 11.6v.3',
};

const SVG = 'http://www.w3.org/2000/svg';

function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** Code points, as people count characters; `String.length` counts UTF-16 units. */
const countCharacters = (text: string) => [...text].length;

export interface FieldDisplay {
  readonly applies: boolean;
  readonly required: boolean;
  /** Why the field does not apply, or why it cannot be changed. */
  readonly reason?: string;
  readonly showHint?: boolean;
  readonly showCounter?: boolean;
}

export class Field {
  readonly element: HTMLElement;
  /** The path of the field in the request, or its name on the page. */
  readonly path: string;
  readonly controls: readonly HTMLInputElement[];
  /** The only control, or the first choice of a group. */
  readonly control: HTMLInputElement;
  readonly isText: boolean;
  /** Whether the user has changed the field. */
  touched = false;
  /** Whether the user has left the field. */
  blurred = false;

  readonly #isGroup: boolean;
  readonly #isCheckbox: boolean;
  readonly #maxLength: number | undefined;
  readonly #labelText: HTMLElement;
  readonly #requiredMark = h('span', { class: 'required-mark' });
  readonly #hint: HTMLElement | null;
  readonly #counter: HTMLElement | undefined;
  readonly #reason: HTMLElement;
  readonly #errors: HTMLElement;
  readonly #warnings: HTMLElement;

  constructor(element: HTMLElement, path: string, constraints: Constraints | undefined) {
    this.element = element;
    this.path = path;
    this.controls = [...element.querySelectorAll<HTMLInputElement>('input[name]')];
    const [control] = this.controls;
    const label = element.querySelector<HTMLElement>('.label');
    if (!control || !label) throw new Error(`The field ${path} of index.html has no control or no label`);
    this.control = control;
    this.isText = control.type === 'text';
    this.#isGroup = element instanceof HTMLFieldSetElement;
    this.#isCheckbox = control.type === 'checkbox' && !this.#isGroup;

    const id = `f-${path.replaceAll('.', '-')}`;
    this.controls.forEach((each, index) => {
      each.id = index ? `${id}-${index}` : id;
    });
    this.#labelText = h('span', { 'data-text': label.dataset.text });
    delete label.dataset.text;
    label.replaceChildren(this.#labelText, this.#requiredMark);
    if (label instanceof HTMLLabelElement) label.htmlFor = id;
    this.#hint = element.querySelector<HTMLElement>('.hint');
    if (this.#hint) this.#hint.id = `${id}-hint`;
    this.#reason = h('p', { class: 'reason', id: `${id}-reason`, hidden: true });
    this.#errors = h('ul', { class: 'messages errors', id: `${id}-errors`, hidden: true });
    this.#warnings = h('ul', { class: 'messages warnings', id: `${id}-warnings`, hidden: true });
    if (this.isText) {
      control.autocapitalize = 'none';
      control.spellcheck = false;
      control.autocomplete = 'off';
      control.inputMode = constraints?.inputMode ?? 'text';
      this.#maxLength = constraints?.maxLength;
      if (this.#maxLength) this.#counter = h('p', { class: 'counter', 'aria-hidden': 'true' });
    }
    // At the end, below the row that the control may share with a button.
    element.append(...(this.#counter ? [this.#counter] : []), this.#reason, this.#errors, this.#warnings);
  }

  get labelText(): string {
    return this.#labelText.textContent ?? '';
  }

  /** Whether the form as it is filled in shows the field, even while another step or page is open. */
  get isVisible(): boolean {
    return this.element.closest('[hidden]:not(form, .page)') === null;
  }

  /** Moves the focus to the field: to the checked choice of a group. */
  focus(): void {
    const target = this.controls.find(({ checked }) => checked) ?? this.control;
    const closed = this.element.closest('details:not([open])');
    if (closed instanceof HTMLDetailsElement) closed.open = true;
    target.focus();
    target.scrollIntoView({ block: 'center' });
  }

  /** Whether the field is part of the request as it is now. */
  get isApplicable(): boolean {
    return !this.control.disabled;
  }

  /** The value in words: the chosen labels of a group, yes or no for a checkbox. */
  get displayedValue(): string {
    if (this.isText) return this.control.value.trim();
    if (this.#isCheckbox) return t(this.control.checked ? 'field.yes' : 'field.no');
    return this.controls
      .filter(({ checked }) => checked)
      .map(
        (control) => control.closest('label')?.querySelector('b, span[data-text], span[data-days]')?.textContent ?? '',
      )
      .join(t('field.listSeparator'));
  }

  setInteraction(isDone: boolean): void {
    this.touched = isDone;
    this.blurred = isDone;
  }

  setDisplay({ applies, required, reason = '', showHint = true, showCounter = true }: FieldDisplay): void {
    const isRequired = applies && required;
    for (const control of this.controls) {
      control.disabled = !applies;
      // On a checkbox, `required` would mean that it must be checked. A group shows it in its label.
      if (this.isText) control.required = isRequired;
    }
    this.element.classList.toggle('off', !applies);
    this.#requiredMark.textContent = this.#requiredMarkText(applies, isRequired);
    // Screen readers announce the `required` state of a text control, so the label must not repeat it.
    this.#requiredMark.ariaHidden = this.isText && isRequired ? 'true' : null;
    this.#reason.textContent = reason;
    this.#reason.hidden = reason === '';
    if (this.#hint) this.#hint.hidden = !showHint;
    if (this.#counter) this.#counter.hidden = !showCounter;
    this.#describe();
  }

  #requiredMarkText(applies: boolean, isRequired: boolean): string {
    if (!applies || this.#isCheckbox) return '';
    if (isRequired) return ` ${t('field.required')}`;
    return this.isText && !this.control.readOnly ? ` ${t('field.optional')}` : '';
  }

  /** Shows errors and warnings. Returns whether there are errors that were not shown before. */
  setMessages(errors: readonly string[], warnings: readonly string[]): boolean {
    const before = this.#errors.textContent;
    this.#showList(this.#errors, 'error', errors);
    this.#showList(this.#warnings, 'warning', warnings);
    for (const control of this.controls) {
      // Radio buttons do not support aria-invalid; the error describes their group.
      if (errors.length > 0 && control.type !== 'radio') control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    }
    this.element.classList.toggle('invalid', errors.length > 0);
    this.#describe();
    return errors.length > 0 && this.#errors.textContent !== before;
  }

  #showList(list: HTMLElement, severity: 'error' | 'warning', messages: readonly string[]): void {
    render(list, [languageCode(), messages], () =>
      messages.map((message) =>
        h('li', {}, icon(severity), h('span', {}, h('span', { class: 'hidden' }, t(`field.${severity}`)), message)),
      ),
    );
    list.hidden = messages.length === 0;
  }

  updateCounter(): void {
    if (!this.#counter || !this.#maxLength) return;
    const length = countCharacters(this.control.value);
    this.#counter.textContent = `${length} / ${this.#maxLength}`;
    this.#counter.classList.toggle('over', length > this.#maxLength);
  }

  #describe(): void {
    const ids = [this.#hint, this.#reason, this.#errors, this.#warnings].flatMap((element) =>
      element && !element.hidden ? [element.id] : [],
    );
    // The description belongs to a group as a whole; on its choices it would be read again for each.
    const target = this.#isGroup ? this.element : this.control;
    if (ids.length > 0) target.setAttribute('aria-describedby', ids.join(' '));
    else target.removeAttribute('aria-describedby');
  }
}
