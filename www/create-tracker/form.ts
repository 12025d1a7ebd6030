// The form of the page: its controls by name, its fields by path.
import { type CreateTrackerPath, constraintsFor, fieldState, limits } from 'cts-tracker';
import type { Account } from '../account.js';
import { byId, h } from '../dom.js';
import { Field } from '../field.js';
import { findField } from './request.js';
import type { PageValues } from './validate.js';

/** Adds the retention periods from the package, so that the page does not repeat them. */
function addRetentionPeriods(): void {
  for (const days of limits.bucketLifecycle.values) {
    byId('lifecycle').append(
      h(
        'label',
        { class: 'choice' },
        h('input', { type: 'radio', name: 'obs_info.bucket_lifecycle', value: days, 'data-number': true }),
        ' ',
        h('span', { 'data-days': days }),
      ),
    );
  }
}

export class TrackerForm {
  readonly element: HTMLFormElement = byId('form', HTMLFormElement);
  /** By path, in the order of the page. */
  readonly fields: ReadonlyMap<string, Field>;
  /** The fields that the switch for the OBS transfer shows. */
  readonly obsGroup: HTMLElement = byId('obs');

  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
    addRetentionPeriods();
    const requestPaths = fieldState({});
    const isRequestPath = (path: string): path is CreateTrackerPath => path in requestPaths;
    const own = [...this.element.querySelectorAll<HTMLElement>('[data-field]')].map((element) => {
      const path = element.dataset.field ?? '';
      return new Field(element, path, isRequestPath(path) ? constraintsFor(path) : undefined);
    });
    this.fields = new Map([...account.fields, ...own].map((field) => [field.path, field]));
  }

  get controls(): HTMLInputElement[] {
    return [...this.element.elements].filter(
      (element): element is HTMLInputElement => element instanceof HTMLInputElement && element.name !== '',
    );
  }

  /** The control with this name, which must be the only one. */
  control(name: string): HTMLInputElement {
    const control = this.element.elements.namedItem(name);
    if (!(control instanceof HTMLInputElement)) throw new Error(`index.html has no single control named ${name}`);
    return control;
  }

  /** The value of the checked radio button with this name. */
  choice(name: string): string {
    return this.controls.find((control) => control.name === name && control.checked)?.value ?? '';
  }

  get isManagement(): boolean {
    return this.choice('tracker_type') === 'system';
  }

  get createsBucket(): boolean {
    return this.choice('obs_info.is_obs_created') === 'true';
  }

  get pageValues(): PageValues {
    const text = (name: string) => this.control(name).value.trim();
    return {
      transferToObs: this.control('transfer_to_obs').checked,
      bucketLocation: text('bucket_location'),
      projectId: this.#account.projectId,
      domainId: this.#account.domainId,
      isObsField: (path) => this.obsGroup.contains(this.fields.get(path)?.element ?? null),
    };
  }

  /** The field for the path of an issue. */
  fieldFor(path: string | readonly PropertyKey[]): Field | undefined {
    const name = findField(path, [...this.fields.keys()]);
    return name === undefined ? undefined : this.fields.get(name);
  }
}
