// Converts between the controls of the form and a request. Pure: it does not need a DOM.

/** A request body that may still be invalid: fields by their wire names. */
export type Draft = Record<string, unknown>;

/**
 * What is read of a control. Its name is the path of its field. Data attributes:
 * - `page`: belongs to the page, not to the request.
 * - `default`: the service's default, which is not sent.
 * - `list`: an item of a list; `list="optional"` omits the list while it is empty.
 * - `boolean`, `number`: the type of the value.
 */
export interface Control {
  readonly name: string;
  readonly type: string;
  value: string;
  checked: boolean;
  readonly defaultChecked: boolean;
  readonly dataset: Readonly<Record<string, string | undefined>>;
}

type Applies = (path: string) => boolean;

const isObject = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRequestField = ({ name, dataset }: Control) => name !== '' && dataset.page === undefined;

/** The value at a path in dot spelling, or undefined. */
export function valueAt(draft: unknown, path: string): unknown {
  return path.split('.').reduce((value, key) => (isObject(value) ? value[key] : undefined), draft);
}

function setValueAt(draft: Draft, path: string, value: unknown): void {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    draft[key] = value;
    return;
  }
  const inner = draft[key];
  setValueAt(isObject(inner) ? inner : (draft[key] = {}), rest.join('.'), value);
}

function itemsAt(draft: Draft, path: string): readonly unknown[] {
  const items = valueAt(draft, path);
  return Array.isArray(items) ? items : [];
}

interface Conversion {
  readonly ofCheckbox: (value: string) => unknown;
  /** Undefined if the field is not part of the result. */
  readonly ofText: (value: string, dataset: Control['dataset']) => unknown;
}

function readControls(controls: readonly Control[], applies: Applies, convert: Conversion): Draft {
  const draft: Draft = {};
  for (const control of controls) {
    const { name, type, value, checked, dataset } = control;
    if (!isRequestField(control) || !applies(name)) continue;
    const isDefault = dataset.default !== undefined;
    if (dataset.list !== undefined) {
      if (checked) setValueAt(draft, name, [...itemsAt(draft, name), value]);
      else if (dataset.list !== 'optional') setValueAt(draft, name, itemsAt(draft, name));
    } else if (type === 'checkbox') {
      if (checked !== isDefault) setValueAt(draft, name, checked && convert.ofCheckbox(value));
    } else if (type === 'radio' && (!checked || isDefault)) {
      // Another choice has the value, or the default applies.
    } else if (dataset.boolean !== undefined) {
      setValueAt(draft, name, value === 'true');
    } else {
      const converted = convert.ofText(value, dataset);
      if (converted !== undefined) setValueAt(draft, name, converted);
    }
  }
  return draft;
}

/** The values as HTML controls hold them, for a form schema: an empty string if nothing is entered, `on` if checked. */
export function readFormValues(controls: readonly Control[], applies: Applies = () => true): Draft {
  return readControls(controls, applies, { ofCheckbox: (value) => value, ofText: (value) => value });
}

/** The values as they would be sent, whether they are valid or not. */
export function readDraft(controls: readonly Control[], applies: Applies = () => true): Draft {
  return readControls(controls, applies, {
    ofCheckbox: (value) => (value === 'on' ? true : value),
    ofText: (value, dataset) => {
      if (value === '') return undefined;
      return dataset.number === undefined ? value : Number(value);
    },
  });
}

/** The draft with its fields in the order of `paths`, so that the preview does not jump while the user types. */
export function sortFields(draft: Draft, paths: readonly string[]): Draft {
  const sorted: Draft = {};
  for (const path of paths) {
    const value = valueAt(draft, path);
    if (value !== undefined) setValueAt(sorted, path, isObject(value) ? {} : value);
  }
  return sorted;
}

/** Sets the controls to the values of a request. Fields that it does not have get their default values. */
export function fillControls(controls: readonly Control[], request: Draft): void {
  for (const control of controls) {
    if (!isRequestField(control)) continue;
    const { name, type, dataset } = control;
    const value = valueAt(request, name);
    if (dataset.list !== undefined) control.checked = itemsAt(request, name).includes(control.value);
    else if (type === 'checkbox')
      control.checked = value === undefined ? dataset.default !== undefined : value !== false;
    else if (type === 'radio')
      control.checked = value === undefined ? control.defaultChecked : String(value) === control.value;
    else control.value = value === undefined ? '' : String(value);
  }
}

/** The same with the switch of the OBS transfer, which is not part of the request. */
export function fillForm(controls: readonly Control[], request: Draft): void {
  fillControls(controls, request);
  for (const control of controls)
    if (control.name === 'transfer_to_obs') control.checked = request.obs_info !== undefined;
}

/** The field on the page for the path of an issue: the field itself, else its nearest parent, else its first child. */
export function findField(path: string | readonly PropertyKey[], fields: readonly string[]): string | undefined {
  const keys = (typeof path === 'string' ? path.split('.') : path.map(String)).filter((key) => !/^\d+$/.test(key));
  for (let length = keys.length; length > 0; length -= 1) {
    const prefix = keys.slice(0, length).join('.');
    const field = fields.find((name) => name === prefix) ?? fields.find((name) => name.startsWith(`${prefix}.`));
    if (field !== undefined) return field;
  }
  return undefined;
}
