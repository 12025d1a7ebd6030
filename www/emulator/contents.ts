// The buckets and keys of the emulator, with a form each to add one.
import { h } from '../dom.js';
import { t } from '../i18n.js';
import type { EmulatorSnapshot } from './control.js';
import type { Run } from './fault-form.js';
import { type LabelledInput, labelledInput } from './inputs.js';

/** Reports the first field that is empty. */
function areFilled(fields: readonly LabelledInput[]): boolean {
  const empty = fields.find(({ input }) => input.value.trim() === '');
  empty?.setError(t('emulator.required'));
  return empty === undefined;
}

function addForm(id: string, label: string, fields: readonly LabelledInput[], add: () => void): HTMLElement {
  const onsubmit = (event: Event) => {
    event.preventDefault();
    if (areFilled(fields)) add();
  };
  return h(
    'form',
    { class: 'emulator-form', novalidate: true, onsubmit },
    h('div', { class: 'emulator-pair' }, ...fields.map(({ element }) => element)),
    h('div', {}, h('button', { class: 'button', id }, label)),
  );
}

export function bucketForm(run: Run, region: string): HTMLElement {
  const name = labelledInput({ id: 'emulator-bucket', label: t('emulator.bucketName') });
  const location = labelledInput({ id: 'emulator-region', label: t('emulator.bucketRegion'), value: region });
  return addForm('emulator-add-bucket', t('emulator.addBucket'), [name, location], () => {
    const command = { type: 'add-bucket', name: name.input.value, location: location.input.value } as const;
    void run(command, t('emulator.changed'));
  });
}

export function keyForm(run: Run): HTMLElement {
  const key = labelledInput({ id: 'emulator-key', label: t('emulator.key') });
  return addForm('emulator-add-key', t('emulator.addKey'), [key], () => {
    void run({ type: 'add-key', key: key.input.value }, t('emulator.changed'));
  });
}

function item(name: string, more: string, remove: () => void): HTMLElement {
  return h(
    'li',
    {},
    h('code', {}, name),
    more === '' ? null : h('span', { class: 'hint' }, ` ${more} `),
    ' ',
    h(
      'button',
      { type: 'button', class: 'link', 'aria-label': t('emulator.removeNamed', { name }), onclick: remove },
      t('emulator.remove'),
    ),
  );
}

export const renderBuckets = ({ buckets }: EmulatorSnapshot, run: Run): HTMLElement =>
  h(
    'ul',
    { class: 'losses' },
    buckets.map(({ name, location }) =>
      item(name, location, () => void run({ type: 'remove-bucket', name }, t('emulator.changed'))),
    ),
  );

export const renderKeys = ({ keys }: EmulatorSnapshot, run: Run): HTMLElement =>
  h(
    'ul',
    { class: 'losses' },
    keys.map((key) => item(key, '', () => void run({ type: 'remove-key', key }, t('emulator.changed')))),
  );
