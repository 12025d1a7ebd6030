// Around each control: required or optional, the counter, the reason it is off, errors and warnings beside it.
import { countCharacters, h, render } from './dom.js';
import { locale, t } from './i18n.js';

const icon = (name) => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute(
    'd',
    name === 'error'
      ? 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.5v4.2M8 11.2v.3'
      : 'M8 2 14.5 13.5h-13ZM8 6.3v3.4M8 11.6v.3',
  );
  svg.append(path);
  return svg;
};

class Field {
  constructor(element, constraints) {
    this.element = element;
    this.path = element.dataset.field;
    this.controls = [...element.querySelectorAll('[name]')];
    this.isText = this.controls[0]?.type === 'text';
    this.isGroup = element.tagName === 'FIELDSET';
    this.touched = false;
    this.blurred = false;
    const id = `f-${this.path.replaceAll('.', '-')}`;
    this.label = element.querySelector('.label');
    this.mark = h('span', { class: 'mark-required' });
    this.hint = element.querySelector('.hint');
    this.reason = h('p', { class: 'reason', id: `${id}-reason`, hidden: true });
    this.errors = h('ul', { class: 'messages errors', id: `${id}-errors`, hidden: true });
    this.warnings = h('ul', { class: 'messages warnings', id: `${id}-notes`, hidden: true });
    this.text = this.label.firstElementChild ?? h('span', { 'data-t': this.label.dataset.t });
    delete this.label.dataset.t;
    this.label.replaceChildren(this.text, this.mark);
    if (this.hint) this.hint.id = `${id}-hint`;
    if (!this.isGroup) {
      this.controls[0].id = id;
      this.label.htmlFor = id;
    } else {
      this.controls.forEach((control, index) => {
        control.id = index ? `${id}-${index}` : id;
      });
    }
    if (this.isText) {
      Object.assign(this.controls[0], { autocapitalize: 'none', spellcheck: false, autocomplete: 'off' });
      this.controls[0].inputMode = constraints?.inputMode ?? 'text';
      this.max = constraints?.maxLength;
      if (this.max) this.counter = h('p', { class: 'counter', 'aria-hidden': 'true' });
    }
    // The control may sit in a row with a button; what is said about it stands below that row.
    element.append(...[this.counter, this.reason, this.errors, this.warnings].filter(Boolean));
  }

  /** The control that takes the focus when the field is gone to. */
  get first() {
    return this.controls.find((control) => control.checked) ?? this.controls[0];
  }

  get isShown() {
    return this.element.closest('[hidden]') === null;
  }

  get labelText() {
    return this.text.textContent;
  }

  setState({ applies = true, required = false, reason = '' }) {
    this.required = applies && required;
    for (const control of this.controls) {
      control.disabled = !applies;
      // A group is required as one, and a single box that is required would have to be checked.
      if (this.isText) control.required = this.required;
    }
    this.element.classList.toggle('off', !applies);
    // Boxes are always free to leave; the mark would say nothing.
    const choice = !this.isText && this.controls[0]?.type !== 'radio' && !this.isGroup;
    const key =
      !applies || choice
        ? ''
        : this.required
          ? 'field.required'
          : this.isText && !this.controls[0].readOnly
            ? 'field.optional'
            : '';
    this.mark.textContent = key ? ` ${t(key)}` : '';
    this.mark.classList.toggle('is-required', this.required);
    // A text input says by itself that it is required; in its name one would hear it twice.
    this.mark.ariaHidden = this.isText && this.required ? 'true' : null;
    this.reason.textContent = reason;
    this.reason.hidden = !reason;
    this.describe();
  }

  setMessages(errors, warnings) {
    const rows = (list, kind) => () =>
      list.map((message) =>
        h('li', {}, icon(kind), h('span', {}, h('span', { class: 'hidden' }, t(`field.${kind}`)), message)),
      );
    const said = this.errors.textContent;
    render(this.errors, [locale(), errors], rows(errors, 'error'));
    this.errors.hidden = errors.length === 0;
    render(this.warnings, [locale(), warnings], rows(warnings, 'warning'));
    this.warnings.hidden = warnings.length === 0;
    for (const control of this.controls) {
      // A radio button has no such state; its group is described by the message.
      if (errors.length && control.type !== 'radio') control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
    }
    this.element.classList.toggle('invalid', errors.length > 0);
    this.describe();
    return said !== this.errors.textContent && errors.length > 0;
  }

  count() {
    if (!this.counter) return;
    const n = countCharacters(this.controls[0].value);
    this.counter.textContent = `${n} / ${this.max}`;
    this.counter.classList.toggle('over', n > this.max);
  }

  describe() {
    const ids = [this.hint, this.reason, this.errors, this.warnings]
      .filter((element) => element && !element.hidden)
      .map((element) => element.id);
    // A group is described as one; otherwise every choice in it would repeat the text.
    const target = this.isGroup ? this.element : this.controls[0];
    if (ids.length) target.setAttribute('aria-describedby', ids.join(' '));
    else target.removeAttribute('aria-describedby');
  }
}

export function createFields(form, constraintsOf) {
  const fields = new Map();
  for (const element of form.querySelectorAll('[data-field]')) {
    fields.set(element.dataset.field, new Field(element, constraintsOf(element.dataset.field)));
  }
  return fields;
}
