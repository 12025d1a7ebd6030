// The log of the emulator's requests.
import type { EmulatorRequest } from 'cts-tracker/emulator';
import { h } from '../dom.js';
import { languageCode, t } from '../i18n.js';
import { table } from '../table.js';

const timeOf = (at: number) => new Date(at).toLocaleTimeString(languageCode(), { hour12: false });

function row({ at, method, path, status, errorCode, fault }: EmulatorRequest): HTMLElement {
  const answer = [status ?? t('emulator.noStatus'), errorCode].filter((part) => part !== null).join(' ');
  return h(
    'tr',
    {},
    h('td', {}, timeOf(at)),
    h('td', {}, h('code', {}, `${method} ${path}`)),
    h('td', {}, answer),
    h('td', {}, fault ?? ''),
  );
}

export function renderLog(requests: readonly EmulatorRequest[]): HTMLElement {
  if (requests.length === 0) return h('p', { class: 'hint' }, t('emulator.logEmpty'));
  const headings = [t('emulator.time'), t('emulator.request'), t('emulator.status'), t('emulator.faultApplied')];
  return h('div', { class: 'scroll' }, table(headings, h('tbody', {}, requests.map(row))));
}
