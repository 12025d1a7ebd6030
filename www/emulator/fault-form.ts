// The form that plans the next faults.
import { h } from '../dom.js';
import { t } from '../i18n.js';
import { type EmulatorCommand, emulatorOperations, MAX_TIMES, type PlannedFault } from './control.js';
import { offeredFaults } from './faults.js';
import { labelledInput, labelledSelect } from './inputs.js';

const OTHER = '';
const ANY = '';

/** `run` executes a command, then announces a text. */
export type Run = (command: EmulatorCommand, done: string) => Promise<void>;

export function faultForm(run: Run): HTMLElement {
  const fault = labelledSelect('emulator-fault', t('emulator.fault.label'), [
    ...offeredFaults.map(({ fault: value, label }) => [value, t(label)] as const),
    [OTHER, t('emulator.fault.other')],
  ]);
  const own = labelledInput({
    id: 'emulator-own-fault',
    label: t('emulator.fault.own'),
    hint: t('emulator.fault.ownHint'),
  });
  own.element.hidden = true;
  fault.select.addEventListener('change', () => {
    own.element.hidden = fault.select.value !== OTHER;
  });
  const operation = labelledSelect('emulator-operation', t('emulator.fault.operation'), [
    ...emulatorOperations.map((name) => [name, t(`emulator.fault.${name}`)] as const),
    [ANY, t('emulator.fault.any')],
  ]);
  const times = labelledInput({
    id: 'emulator-times',
    label: t('emulator.fault.times'),
    value: '1',
    isNumber: true,
  });

  const onsubmit = (event: Event) => {
    event.preventDefault();
    const text = fault.select.value === OTHER ? own.input.value.trim() : fault.select.value;
    const count = Number(times.input.value);
    if (text === '') own.setError(t('emulator.fault.required'));
    else if (!Number.isInteger(count) || count < 1 || count > MAX_TIMES)
      times.setError(t('emulator.fault.timesRange', { max: MAX_TIMES }));
    else {
      const known = emulatorOperations.find((name) => name === operation.select.value);
      void run({ type: 'plan', fault: text, operation: known, times: count }, t('emulator.fault.added'));
    }
  };
  return h(
    'form',
    { class: 'emulator-form', novalidate: true, onsubmit },
    fault.element,
    own.element,
    h('div', { class: 'emulator-pair' }, operation.element, times.element),
    h('div', {}, h('button', { class: 'button', id: 'emulator-add-fault' }, t('emulator.fault.add'))),
  );
}

export function renderPlanned(faults: readonly PlannedFault[], clear: () => void): HTMLElement {
  if (faults.length === 0) return h('p', { class: 'hint' }, t('emulator.fault.none'));
  return h(
    'div',
    {},
    h(
      'ul',
      { class: 'losses' },
      faults.map(({ fault, operation, times }) =>
        h(
          'li',
          {},
          t('emulator.fault.planned', { fault, operation: t(`emulator.fault.${operation ?? 'any'}`), times }),
        ),
      ),
    ),
    h('button', { type: 'button', class: 'link', id: 'emulator-clear', onclick: clear }, t('emulator.fault.clear')),
  );
}
