// The drawer of the emulator. It is a dialog that is not modal, so that the page beside it can be used.
import { announce } from '../announce.js';
import { h, render } from '../dom.js';
import { languageCode, t } from '../i18n.js';
import { emulatorConnection } from './connection.js';
import { bucketForm, keyForm, renderBuckets, renderKeys } from './contents.js';
import type { EmulatorCommand, EmulatorSnapshot, PlannedFault } from './control.js';
import { faultForm, renderPlanned } from './fault-form.js';
import { renderLog } from './log.js';

const REFRESH_MS = 1000;

const countOf = (faults: readonly PlannedFault[]) => faults.reduce((sum, { times }) => sum + times, 0);

export class EmulatorDrawer {
  readonly #opener: HTMLElement;
  readonly #region: string;
  readonly #element: HTMLDialogElement;
  readonly #error = h('p', { class: 'errors', id: 'emulator-error', role: 'alert', hidden: true });
  readonly #planned = h('div', { id: 'emulator-planned' });
  readonly #buckets = h('div', { id: 'emulator-buckets' });
  readonly #keys = h('div', { id: 'emulator-keys' });
  readonly #count = h('p', { class: 'hint', id: 'emulator-count' });
  readonly #log = h('div', { id: 'emulator-log' });
  #snapshot: EmulatorSnapshot | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #language: string | undefined;

  constructor(opener: HTMLElement, region: string) {
    this.#opener = opener;
    this.#region = region;
    this.#element = h('dialog', {
      class: 'drawer',
      id: 'emulator-drawer',
      'aria-labelledby': 'emulator-heading',
      onkeydown: (event) => {
        if (event instanceof KeyboardEvent && event.key === 'Escape' && !event.isComposing) this.close();
      },
    });
    document.body.append(this.#element);
  }

  get isOpen(): boolean {
    return this.#element.open;
  }

  open(): void {
    this.render();
    this.#element.show();
    this.#opener.setAttribute('aria-expanded', 'true');
    this.#element.querySelector<HTMLElement>('#emulator-heading')?.focus();
    void this.#refresh();
    this.#timer = setInterval(() => {
      if (!document.hidden) void this.#refresh();
    }, REFRESH_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    const hadFocus = this.#element.contains(document.activeElement);
    this.#element.close();
    this.#opener.setAttribute('aria-expanded', 'false');
    if (hadFocus) this.#opener.focus();
  }

  /** Shows the texts of the current language. */
  render(): void {
    if (this.#language === languageCode()) return;
    this.#language = languageCode();
    const run = (command: EmulatorCommand, done: string) => this.#run(command, done);
    const section = (heading: string, ...children: (Node | string)[]) =>
      h('section', { class: 'emulator-section' }, h('h3', {}, heading), ...children);
    this.#element.replaceChildren(
      h(
        'div',
        { class: 'head' },
        h('h2', { id: 'emulator-heading', tabindex: -1 }, t('emulator.heading')),
        h(
          'button',
          { type: 'button', class: 'button', id: 'emulator-close', onclick: () => this.close() },
          t('emulator.close'),
        ),
      ),
      this.#error,
      section(t('emulator.fault.heading'), this.#planned, faultForm(run)),
      section(t('emulator.log'), this.#count, this.#log),
      h(
        'details',
        { class: 'emulator-section' },
        h('summary', {}, `${t('emulator.buckets')}, ${t('emulator.keys')}`),
        h('p', { class: 'hint' }, t('emulator.restart')),
        section(t('emulator.buckets'), this.#buckets, bucketForm(run, this.#region)),
        section(t('emulator.keys'), this.#keys, keyForm(run)),
      ),
      h(
        'div',
        { class: 'emulator-section' },
        h(
          'div',
          {},
          h(
            'button',
            {
              type: 'button',
              class: 'button',
              id: 'emulator-reset',
              'aria-describedby': 'emulator-reset-hint',
              onclick: () => void run({ type: 'reset' }, t('emulator.resetDone')),
            },
            t('emulator.reset'),
          ),
        ),
        h('p', { class: 'hint', id: 'emulator-reset-hint' }, t('emulator.resetHint')),
      ),
    );
    if (this.#snapshot) this.#show(this.#snapshot);
  }

  async #refresh(): Promise<void> {
    try {
      const before = this.#snapshot?.faults ?? [];
      const snapshot = await emulatorConnection();
      this.#setError(undefined);
      this.#show(snapshot);
      const [next] = before;
      if (next && countOf(snapshot.faults) < countOf(before)) {
        const applied = snapshot.requests.find(({ fault }) => fault !== null)?.fault ?? next.fault;
        announce(t('emulator.fault.applied', { fault: applied }));
      }
    } catch {
      this.#setError(t('emulator.noAnswer'));
    }
  }

  async #run(command: EmulatorCommand, done: string): Promise<void> {
    try {
      const snapshot = await emulatorConnection(command);
      this.#setError(undefined);
      this.#show(snapshot);
      announce(done);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#setError(error instanceof TypeError ? t('emulator.noAnswer') : t('emulator.failed', { reason }));
    }
  }

  #setError(text: string | undefined): void {
    // An alert is read again when its text is set again.
    if (this.#error.textContent !== (text ?? '')) this.#error.textContent = text ?? '';
    this.#error.hidden = text === undefined;
    if (text !== undefined) this.#error.scrollIntoView({ block: 'nearest' });
  }

  #show(snapshot: EmulatorSnapshot): void {
    this.#snapshot = snapshot;
    const { faults, buckets, keys, requests, requestCount, trackers } = snapshot;
    const language = languageCode();
    const run = (command: EmulatorCommand, done: string) => this.#run(command, done);
    const clear = () => void run({ type: 'clear' }, t('emulator.fault.cleared'));
    this.#keepFocus(() => {
      render(this.#planned, [language, faults], () => [renderPlanned(faults, clear)]);
      render(this.#buckets, [language, buckets], () => [renderBuckets(snapshot, run)]);
      render(this.#keys, [language, keys], () => [renderKeys(snapshot, run)]);
      render(this.#log, [language, requests], () => [renderLog(requests)]);
      this.#count.textContent = t('emulator.logCount', { n: requestCount, trackers });
    });
  }

  /** A button that is pressed may remove itself, and the focus must not be lost. */
  #keepFocus(change: () => void): void {
    const hadFocus = this.#element.contains(document.activeElement);
    change();
    if (hadFocus && !this.#element.contains(document.activeElement))
      this.#element.querySelector<HTMLElement>('#emulator-heading')?.focus();
  }
}
