// From the controls of the form to a request. Pure: it sees only name, type, value, checked and dataset.

// Controls of the page itself (the switch for OBS, the ids) are no field of the request.
const isField = (control) => Boolean(control.name) && control.dataset.page === undefined;

function place(request, path, value) {
  const keys = path.split('.');
  const last = keys.pop();
  let object = request;
  for (const key of keys) object = object[key] ??= {};
  object[last] = value;
}

function placeInList(request, path, value, keepEmpty) {
  if (value === undefined && !keepEmpty) return;
  const list = at(request, path) ?? [];
  place(request, path, value === undefined ? list : [...list, value]);
}

/** The value at a dotted path, or undefined. */
export function at(object, path) {
  return path.split('.').reduce((value, key) => value?.[key], object);
}

function read(controls, applies, give) {
  const request = {};
  for (const control of controls) {
    if (!isField(control) || !applies(control.name)) continue;
    const { name, type, value, checked, dataset } = control;
    const isDefault = dataset.default !== undefined;
    if (dataset.list !== undefined) {
      // An empty list of operations is a mistake to be shown; an empty list of exclusions says nothing.
      placeInList(request, name, checked ? value : undefined, dataset.list !== 'sparse');
    } else if (type === 'checkbox') {
      // What the service does anyway is not sent.
      if (isDefault ? !checked : checked) place(request, name, isDefault ? false : give.checked(value));
    } else if (type === 'radio') {
      if (checked && !isDefault)
        give.put(request, name, dataset.boolean === undefined ? value : value === 'true', dataset);
    } else {
      give.put(request, name, value, dataset);
    }
  }
  return request;
}

/** As HTML gives it: strings, '' for nothing, 'on' for a checked box. The form schema makes a request of it. */
export function controlValues(controls, applies = () => true) {
  return read(controls, applies, { checked: (value) => value, put: place });
}

/** The same as a draft of the request on the wire, also while the form schema still refuses it. */
export function wireDraft(controls, applies = () => true) {
  return read(controls, applies, {
    checked: (value) => (value === 'on' ? true : value),
    put: (request, name, value, dataset) => {
      if (value !== '') place(request, name, dataset.number === undefined ? value : Number(value));
    },
  });
}

/** The same request with its fields in the order of `paths`, so that the preview does not jump as one types. */
export function inOrder(request, paths) {
  const ordered = {};
  for (const path of paths) {
    const value = at(request, path);
    if (value === undefined) continue;
    place(
      ordered,
      path,
      value !== null && typeof value === 'object' && !Array.isArray(value) ? (at(ordered, path) ?? {}) : value,
    );
  }
  return ordered;
}

/** Sets the controls to what a request says; a field it does not have goes back to its default. */
export function fillControls(controls, request) {
  for (const control of controls) {
    if (!isField(control)) continue;
    const { type, dataset } = control;
    const value = at(request, control.name);
    if (dataset.list !== undefined) control.checked = Array.isArray(value) && value.includes(control.value);
    else if (type === 'checkbox')
      control.checked = value === undefined ? dataset.default !== undefined : value !== false;
    else if (type === 'radio')
      control.checked = value === undefined ? control.defaultChecked : String(value) === control.value;
    else control.value = value ?? '';
  }
}

/** The field of the page that a path belongs to: itself, or the nearest above it, or the first below it. */
export function fieldOf(path, fields) {
  const keys = (Array.isArray(path) ? path : path.split('.')).filter((key) => !/^\d+$/.test(key)).map(String);
  for (let n = keys.length; n > 0; n -= 1) {
    const prefix = keys.slice(0, n).join('.');
    if (fields.includes(prefix)) return prefix;
    const below = fields.find((field) => field.startsWith(`${prefix}.`));
    if (below) return below;
  }
  return undefined;
}

/** The request examples of the vendor's API page, as they stand there. */
export const examples = {
  system: {
    tracker_type: 'system',
    tracker_name: 'system',
    agency_name: 'cts_admin_trust',
    obs_info: { is_obs_created: false, bucket_name: 'test-data-tracker', file_prefix_name: '11' },
    is_lts_enabled: true,
    is_support_trace_files_encryption: true,
    kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504',
    is_support_validate: true,
  },
  data: {
    tracker_type: 'data',
    tracker_name: 'data-tracker-name',
    agency_name: 'cts_admin_trust',
    obs_info: { is_obs_created: false, bucket_name: 'saveTraceBucket', file_prefix_name: '11', bucket_lifecycle: 30 },
    is_lts_enabled: true,
    data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' },
  },
};
