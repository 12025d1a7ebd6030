// @ts-check
const {
  constraintsFor,
  createCtsClient,
  fieldLabel,
  fieldState,
  isCtsError,
  toFieldErrors,
  validateCreateTrackerForm,
} = ctsTracker;

const client = createCtsClient({ baseUrl: '/api/', projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' });

// The controls have the paths of the fields as names.
const FIELDS = /** @type {const} */ ([
  'tracker_name',
  'data_bucket.data_bucket_name',
  'data_bucket.data_event',
  'obs_info.bucket_name',
  'is_support_trace_files_encryption',
  'kms_id',
]);
const form = document.querySelector('form') ?? document.createElement('form');
const touched = new Set();

/** @param {string} name */
const lineOf = (name) => form.querySelector(`[name="${name}"]`)?.closest('p');
/** @param {string} text */
const report = (text) => form.querySelector('[role=status]')?.replaceChildren(text);

/**
 * Shows the fields that apply, with their messages. Returns the body of the request if the form is valid.
 * @param {Record<string, string[]>} [rejected] messages of the service
 */
function update(rejected = {}) {
  const draft = new FormData(form);
  const states = fieldState(draft);
  // `prune`: a hidden field is neither an error nor sent. The form keeps its value.
  const result = validateCreateTrackerForm(draft, { prune: true });
  const errors = toFieldErrors(result.issues);
  const warnings = toFieldErrors(result.warnings);
  for (const name of FIELDS) {
    lineOf(name)?.toggleAttribute('hidden', !states[name].applies);
    const shown = touched.has(name) ? (errors[name] ?? []) : [];
    const { maxLength } = constraintsFor(name);
    // Code points, as the rules count them.
    const counter = maxLength ? [`${[...String(draft.get(name))].length} / ${maxLength}`] : [];
    const messages = [...counter, ...shown, ...(rejected[name] ?? []), ...(warnings[name] ?? [])];
    lineOf(name)?.querySelector('output')?.replaceChildren(messages.join(' '));
  }
  return result.value;
}

for (const name of FIELDS) lineOf(name)?.querySelector('span')?.replaceChildren(fieldLabel(name));
form.addEventListener('input', ({ target }) => {
  if (target instanceof Element) touched.add(target.getAttribute('name'));
  update();
});
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  for (const name of FIELDS) touched.add(name);
  const body = update();
  if (!body) return;
  try {
    const { id } = await client.createTracker(body);
    report(`Created ${id}`);
  } catch (error) {
    if (!isCtsError(error)) throw error;
    report(error.message);
    update(toFieldErrors(error));
  }
});
update();
