// Labelled controls of the drawer, each with a place for its error.
import { h } from '../dom.js';

export interface LabelledInput {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  /** Shows an error and moves the focus to the control, or removes the error. */
  setError(text: string | undefined): void;
}

interface InputOptions {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly isNumber?: boolean;
}

export function labelledInput({ id, label, hint, value = '', isNumber = false }: InputOptions): LabelledInput {
  const error = h('p', { class: 'errors', id: `${id}-error`, hidden: true });
  const input = h('input', {
    type: 'text',
    id,
    value,
    inputmode: isNumber ? 'numeric' : 'text',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    'aria-describedby': hint === undefined ? error.id : `${id}-hint ${error.id}`,
  });
  const element = h(
    'div',
    { class: 'field' },
    h('label', { class: 'label', for: id }, label),
    hint !== undefined && h('p', { class: 'hint', id: `${id}-hint` }, hint),
    input,
    error,
  );
  const setError = (text: string | undefined) => {
    error.textContent = text ?? '';
    error.hidden = text === undefined;
    element.classList.toggle('invalid', text !== undefined);
    if (text === undefined) {
      input.removeAttribute('aria-invalid');
      return;
    }
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  };
  input.addEventListener('input', () => setError(undefined));
  return { element, input, setError };
}

export function labelledSelect(
  id: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): { element: HTMLElement; select: HTMLSelectElement } {
  const select = h(
    'select',
    { id },
    options.map(([value, text]) => h('option', { value }, text)),
  );
  return { element: h('div', { class: 'field' }, h('label', { class: 'label', for: id }, label), select), select };
}
