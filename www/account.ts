// The project and the account that the calls of all pages use.

import type { Config } from './config.js';
import { byId } from './dom.js';
import { Field } from './field.js';
import { t } from './i18n.js';

const SHOWN_CHARACTERS = 4;

/** `3d65c44c1d4e…` as `3d65…0c01`: enough to recognize an ID. */
function shorten(id: string): string {
  const isLong = id.length > 3 * SHOWN_CHARACTERS;
  return isLong ? `${id.slice(0, SHOWN_CHARACTERS)}…${id.slice(-SHOWN_CHARACTERS)}` : id;
}

export class Account {
  readonly element: HTMLDetailsElement = byId('account', HTMLDetailsElement);
  /** The project ID and the account ID. */
  readonly fields: readonly Field[];
  readonly #config: Config;

  constructor(config: Config) {
    this.#config = config;
    this.fields = [...this.element.querySelectorAll<HTMLElement>('[data-field]')].map(
      (element) => new Field(element, element.dataset.field ?? '', undefined),
    );
    this.reset();
    this.element.addEventListener('input', () => this.render());
    this.element.open = this.projectId === '';
  }

  get region(): string {
    return this.#config.region ?? '';
  }

  get projectId(): string {
    return this.#valueOf('project_id');
  }

  get domainId(): string {
    return this.#valueOf('domain_id');
  }

  /** Sets the values that the console was started with. */
  reset(): void {
    this.#control('project_id').value = this.#config.projectId ?? '';
    this.#control('domain_id').value = this.#config.domainId ?? '';
  }

  render(): void {
    byId('account-region').textContent = this.region;
    byId('account-project').textContent = shorten(this.projectId) || t('account.none');
    byId('account-domain').textContent = shorten(this.domainId) || t('account.none');
  }

  #control(path: string): HTMLInputElement {
    const field = this.fields.find((each) => each.path === path);
    if (!field) throw new Error(`index.html has no field ${path} in the account`);
    return field.control;
  }

  #valueOf(path: string): string {
    return this.#control(path).value.trim();
  }
}
