// The page: one state, one update after every change.
import { constraintsFor, createCtsClient, limits, toFieldErrors, version, warmup } from 'cts-tracker';
import * as answers from './answer.js';
import { announce, byId, h, render } from './dom.js';
import { createFields } from './fields.js';
import { has, locale, packageLocale, setLocale, t, translate } from './i18n.js';
import { bucketToCheck, judge } from './judge.js';
import { remember } from './memory.js';
import { examples, fieldOf, fillControls } from './request.js';
import { createRecorder } from './wire.js';

const form = byId('form');
const pageFields = new Set(['transfer_to_obs', 'bucket_location', 'project_id', 'domain_id']);
const obs = byId('obs');

const page = {
  config: {},
  fields: new Map(),
  typedName: '',
  judged: undefined,
  submitted: false,
  sending: undefined, // the AbortController of a creation under way
  checking: undefined,
  outcome: undefined, // what the last creation came to
  check: undefined, // what the last check came to, and for which bucket
  said: undefined, // the fields the service named, until anything is changed
  locked: false, // the last creation may have worked: not again without a look
};

const control = (name) => form.elements.namedItem(name);
const controls = () => [...form.elements].filter((element) => element.name);
const isManagement = () => control('tracker_type').value === 'system';

const pageValues = () => ({
  transferToObs: control('transfer_to_obs').checked,
  bucketLocation: control('bucket_location').value.trim(),
  projectId: control('project_id').value.trim(),
  domainId: control('domain_id').value.trim(),
  isOfObs: (name) => {
    const element = page.fields.get(name)?.element;
    return element !== undefined && obs.contains(element);
  },
});

// ---- what applies ----

const REASONS = {
  // What does not apply to the type chosen belongs to the other.
  not_applicable: () => t(isManagement() ? 'reason.data' : 'reason.system'),
  forbidden: () => t(isManagement() ? 'reason.data' : 'reason.system'),
  must_equal: () => t('reason.fixedName'),
  unused: () => t('reason.encryption'),
  requires_field: () => t('reason.bucket'),
};

function showState() {
  const management = isManagement();
  const withObs = control('transfer_to_obs').checked;
  // Whole groups of the other type go away; single fields within a group stay, off, with the reason.
  for (const card of form.querySelectorAll('[data-card]'))
    card.hidden = (card.dataset.card === 'system') !== management;
  obs.hidden = !withObs;
  control('transfer_to_obs').setAttribute('aria-expanded', String(withObs));

  for (const field of page.fields.values()) {
    if (pageFields.has(field.path)) {
      const isNew = withObs && control('obs_info.is_obs_created').value === 'true';
      // The other two are asked for by the check alone.
      field.setState({ required: field.path === 'project_id', applies: field.path !== 'bucket_location' || !isNew });
      continue;
    }
    const state = page.judged.state[field.path] ?? { applies: true, required: false };
    // The bucket name is asked for at once; what waits for it need not be shut meanwhile.
    const applies = state.applies || state.reason === 'requires_field' || (field.path === 'tracker_name' && management);
    field.setState({
      applies,
      required:
        state.required ||
        (field.path === 'obs_info.bucket_name' && withObs) ||
        (field.path === 'tracker_name' && !management),
      reason:
        field.path === 'tracker_name' && management
          ? t('reason.fixedName')
          : applies
            ? ''
            : (REASONS[state.reason] ?? (() => t('reason.other')))(),
    });
    if (field.hint) field.hint.hidden = !applies || (field.path === 'tracker_name' && management);
    field.describe();
    if (field.path === 'tracker_name') field.counter.hidden = management;
  }
}

/** A management tracker shows its only name; what was typed for a data tracker comes back with that type. */
function showName() {
  const name = control('tracker_name');
  if (isManagement() && !name.readOnly) {
    page.typedName = name.value;
    name.value = 'system';
  } else if (!isManagement() && name.readOnly) {
    name.value = page.typedName;
  }
  name.readOnly = isManagement();
}

// ---- errors and warnings ----

const paths = () => [...page.fields.keys()];
// Half a word is not yet a short one: these wait until the field is left.
const PATIENT = new Set(['required', 'too_short', 'empty_list', 'invalid_end', 'unusual_format', 'invalid_enum']);

function fieldOfIssue(issue) {
  return fieldOf(issue.path, paths());
}

/** The messages of each field, by the package's own helper, gathered at the field the page has for them. */
function byField(issues) {
  const gathered = new Map();
  for (const [path, messages] of Object.entries(toFieldErrors(issues, { style: 'dot' }))) {
    const field = fieldOf(path, paths()) ?? '';
    gathered.set(field, [...(gathered.get(field) ?? []), ...[messages].flat()]);
  }
  return gathered;
}

const isDue = (field, issue) => field.touched && (field.blurred || !PATIENT.has(issue.code));

function showMessages({ typing } = {}) {
  const { errors, asides, warnings } = page.judged;
  const due = (issue) => {
    const field = page.fields.get(fieldOfIssue(issue));
    return field && field.isShown && (page.submitted || isDue(field, issue));
  };
  const dueAside = (issue) => {
    const field = page.fields.get(fieldOfIssue(issue));
    return field && field.isShown && (page.check?.tried || (issue.code !== 'required' && isDue(field, issue)));
  };
  const shownErrors = byField([...errors.filter(due), ...asides.filter(dueAside)]);
  const shownWarnings = byField(warnings.filter(due));
  for (const field of page.fields.values()) {
    const list = [...(shownErrors.get(field.path) ?? [])];
    if (page.said?.paths.includes(field.path))
      list.push(t('answer.fromService', { message: answers.meaningOf(page.said.error) }));
    const isNew = field.setMessages(list, shownWarnings.get(field.path) ?? []);
    if (isNew && typing === field.path) announce(said(field.labelText, list), 500);
  }
  showSummary();
}

const said = (field, messages) => t('field.says', { field, message: messages.join(' ') });

function showSummary() {
  const summary = byId('summary');
  const wrong = page.submitted ? wrongFields() : [];
  summary.hidden = wrong.length === 0;
  byId('summary-heading').textContent = t('summary.heading', wrong.length);
  const key = [locale(), wrong.map(({ field, messages }) => [field?.path, messages])];
  render(byId('summary-list'), key, () =>
    wrong.map(({ field, messages }) =>
      h(
        'li',
        {},
        field
          ? h(
              'a',
              {
                href: `#${field.first.id}`,
                onclick: (event) => {
                  event.preventDefault();
                  goTo(field.path);
                },
              },
              said(field.labelText, messages),
            )
          : said(t('fields.other'), messages),
      ),
    ),
  );
}

/** Fields in the order of the page with what is wrong with them; `field` is undefined for what concerns the whole. */
function wrongFields() {
  const gathered = byField(page.judged.errors);
  const rows = [...page.fields.values()]
    .filter((field) => gathered.has(field.path))
    .map((field) => ({ field, messages: gathered.get(field.path) }));
  if (gathered.has('')) rows.push({ field: undefined, messages: gathered.get('') });
  return rows;
}

function goTo(path) {
  const { first } = page.fields.get(path);
  first.focus();
  first.scrollIntoView({ block: 'center' });
}

// ---- preview ----

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?/g;

/** JSON with its keys, strings and literals told apart. */
function coloured(json) {
  const nodes = [];
  let end = 0;
  for (const match of json.matchAll(TOKEN)) {
    nodes.push(json.slice(end, match.index));
    const kind = match[2] !== undefined ? 'key' : match[1] !== undefined ? 'string' : 'literal';
    nodes.push(h('span', { class: kind }, match[1] ?? match[0]), match[2] ?? '');
    end = match.index + match[0].length;
  }
  nodes.push(json.slice(end));
  return nodes;
}

function showPreview() {
  const { body, errors, warnings } = page.judged;
  byId('preview-line').textContent = `POST /v3/${pageValues().projectId || '{project_id}'}/tracker`;
  const json = JSON.stringify(body, null, 2);
  render(byId('preview-body'), json, () => coloured(json));
  render(byId('preview-badges'), [locale(), errors.length, warnings.length], () => [
    errors.length
      ? h('span', { class: 'badge bad' }, t('preview.errors', errors.length))
      : h('span', { class: 'badge good' }, t('preview.ready')),
    warnings.length > 0 && h('span', { class: 'badge note' }, t('preview.warnings', warnings.length)),
  ]);
}

// ---- check and answer ----

function showCheck() {
  const isNew = control('obs_info.is_obs_created').value === 'true';
  const button = byId('check');
  button.textContent = t(page.checking ? 'check.busy' : 'check.button');
  // Never `disabled`: see showActions.
  button.setAttribute('aria-disabled', String(isNew));
  if (isNew) button.setAttribute('aria-describedby', 'check-reason');
  else button.removeAttribute('aria-describedby');
  button.setAttribute('aria-busy', String(Boolean(page.checking)));
  const reason = byId('check-reason');
  reason.textContent = isNew ? t('check.isNew') : page.check?.incomplete ? t('check.fixFirst') : '';
  reason.hidden = reason.textContent === '';
  const result = byId('check-result');
  const { check } = page;
  result.hidden = isNew || !check || !(check.value || check.error);
  if (result.hidden) return;
  const { request } = bucketToCheck(page.judged.body, pageValues(), packageLocale());
  const isStale = JSON.stringify(request) !== check.key;
  result.classList.toggle('stale', isStale);
  render(result, [locale(), isStale, check.number], () => [
    h('h3', {}, t('check.heading'), isStale && h('span', { class: 'badge note' }, t('check.stale'))),
    ...(check.error
      ? answers.renderFailure({ ...check, checking: true })
      : answers.renderChecked(check.value.buckets ?? [])),
  ]);
}

function showAnswer() {
  const { outcome } = page;
  const target = byId('answer');
  if (!outcome) target.replaceChildren(h('p', { class: 'hint' }, t('answer.empty')));
  else if (outcome.error) {
    const paths = page.said?.error === outcome.error ? page.said.paths : [];
    target.replaceChildren(
      ...answers.renderFailure(outcome, {
        goTo: paths.map((path) => ({ label: page.fields.get(path).labelText, onclick: () => goTo(path) })),
        lock: outcome.locks && {
          checked: !page.locked,
          onchange: (event) => {
            page.locked = !event.target.checked;
            showActions();
          },
        },
      }),
    );
  } else target.replaceChildren(...answers.renderCreated(outcome));
  showActions();
}

function showActions() {
  const create = byId('create');
  create.textContent = t(page.sending ? 'action.creating' : 'action.create');
  // Never `disabled`: that would drop the focus and say nothing to who presses it.
  create.setAttribute('aria-disabled', String(Boolean(page.sending) || page.locked));
  byId('cancel').hidden = !page.sending;
  byId('create-reason').hidden = !page.locked;
  if (page.locked) create.setAttribute('aria-describedby', 'create-reason');
  else create.removeAttribute('aria-describedby');
}

// ---- update ----

function update(options) {
  showName();
  page.judged = judge(controls(), pageValues(), packageLocale());
  showState();
  for (const field of page.fields.values()) field.count();
  showMessages(options);
  showPreview();
  showCheck();
}

function showAll() {
  translate();
  const { mode, region } = page.config;
  const emulator = mode !== 'service';
  const banner = byId('banner');
  banner.hidden = false;
  banner.classList.toggle('real', !emulator);
  byId('banner-title').textContent = t(emulator ? 'banner.emulator.title' : 'banner.service.title');
  byId('banner-text').textContent = t(emulator ? 'banner.emulator.text' : 'banner.service.text', {
    region: region ?? '',
  });
  byId('version').textContent = t('page.version', { version: page.config.version ?? version });
  for (const span of byId('lifecycle').querySelectorAll('[data-days]')) {
    span.textContent = t('lifecycle.days', Number(span.dataset.days));
  }
  update();
  showAnswer();
}

// ---- sending ----

// One client for all creations: it remembers an unknown outcome, and tells a later conflict accordingly.
function recordingClient() {
  const recorder = createRecorder();
  return {
    recorder,
    client: createCtsClient({
      baseUrl: new URL('/api/', location.href),
      fetch: recorder.fetch,
      locale: packageLocale(),
    }),
  };
}
const creating = recordingClient();
const checkingBuckets = recordingClient();

async function create() {
  if (page.sending) return;
  if (page.locked) {
    announce(t('action.locked'));
    byId('looked')?.focus();
    return;
  }
  page.submitted = true;
  page.said = undefined;
  update();
  const wrong = wrongFields();
  if (wrong.length) {
    announce(t('summary.announce', wrong.length));
    const first = wrong.find(({ field }) => field);
    if (first) goTo(first.field.path);
    return;
  }
  const { body } = page.judged;
  const sent = JSON.stringify(body);
  page.sending = new AbortController();
  showActions();
  announce(t('action.creating'));
  creating.recorder.clear();
  const outcome = {};
  try {
    outcome.value = await creating.client.createTracker(body, {
      projectId: pageValues().projectId,
      signal: page.sending.signal,
    });
  } catch (error) {
    outcome.error = error ?? new Error('?');
  }
  outcome.exchange = await creating.recorder.last();
  page.sending = undefined;
  page.outcome = outcome;
  page.submitted = false;
  // What was typed meanwhile is not what the answer is about.
  if (outcome.error) fail(outcome, JSON.stringify(page.judged.body) === sent);
  showMessages();
  // Nobody is taken away from a field.
  const waits = [byId('create'), byId('cancel'), document.body].includes(document.activeElement);
  showAnswer();
  const heading = byId('answer-heading');
  if (waits) heading.focus({ preventScroll: true });
  if (waits) heading.closest('section').scrollIntoView({ block: 'nearest' });
  announce(
    outcome.error
      ? said(answers.titleFor(outcome.error), [
          answers.adviceFor(outcome.error, outcome),
          answers.shownMeaning(outcome.error) ?? '',
        ])
      : t('answer.created'),
  );
}

function fail(outcome, isUnchanged) {
  const { error, exchange } = outcome;
  outcome.locks = answers.mayHaveCreated(error, exchange);
  page.locked = outcome.locks;
  if (isUnchanged) markNamed(error);
}

/** Puts what the service said beside the fields that it may be about. */
function markNamed(error) {
  const [field] = answers.knownCode(error)?.fields ?? [];
  // Either bucket may be the one that is not there.
  const named =
    field === BUCKET && error.errorCode === NO_BUCKET && !isManagement()
      ? [TRACKED_BUCKET, BUCKET]
      : [field ?? error.issues?.[0]?.path ?? []];
  const found = named.map((path) => (path.length ? fieldOf(path, paths()) : undefined));
  const shown = found.filter((path) => path && page.fields.get(path).isShown);
  if (shown.length > 0) page.said = { paths: shown, error };
}
const BUCKET = 'obs_info.bucket_name';
const TRACKED_BUCKET = 'data_bucket.data_bucket_name';
const NO_BUCKET = 'CTS.0211';

let checks = 0;
async function checkBucket() {
  if (page.checking) return;
  if (byId('check').getAttribute('aria-disabled') === 'true') {
    announce(t('check.isNew'));
    return;
  }
  page.check = { tried: true };
  page.said = undefined;
  for (const path of ['obs_info.bucket_name', 'bucket_location', 'domain_id', 'kms_id']) {
    Object.assign(page.fields.get(path), { touched: true, blurred: true });
  }
  update();
  const { request, errors } = bucketToCheck(page.judged.body, pageValues(), packageLocale());
  if (errors.length) {
    page.check.incomplete = true;
    showCheck();
    announce(t('check.fixFirst'));
    const wrong = new Set(errors.map(fieldOfIssue));
    const first = paths().find((path) => wrong.has(path));
    if (first) goTo(first);
    return;
  }
  page.checking = new AbortController();
  showCheck();
  announce(t('check.busy'));
  const check = { tried: true, number: (checks += 1), key: JSON.stringify(request) };
  checkingBuckets.recorder.clear();
  try {
    check.value = await checkingBuckets.client.checkObsBuckets(request, {
      domainId: pageValues().domainId,
      signal: page.checking.signal,
    });
  } catch (error) {
    check.error = error ?? new Error('?');
  }
  check.exchange = await checkingBuckets.recorder.last();
  page.checking = undefined;
  page.check = check;
  if (check.error) markNamed(check.error);
  showMessages();
  showCheck();
  announce(
    check.error
      ? said(answers.titleFor(check.error), [
          answers.adviceFor(check.error, { checking: true }),
          answers.shownMeaning(check.error) ?? '',
        ])
      : (check.value.buckets ?? [])
          .map((bucket) => said(bucket.bucket_name, [answers.verdictOn(bucket).sentence]))
          .join(' ') || t('check.none'),
  );
}

// ---- events ----

// Leaving a field by pressing a button must not move that button away under the pointer by showing an error above it.
let pressed = false;
let waiting;

function whenReleased(action) {
  if (pressed) waiting = action;
  else action();
}

function watchPointer() {
  addEventListener(
    'pointerdown',
    () => {
      pressed = true;
    },
    true,
  );
  for (const type of ['pointerup', 'pointercancel']) {
    addEventListener(
      type,
      () => {
        pressed = false;
        const action = waiting;
        waiting = undefined;
        // After the click that belongs to it.
        if (action) setTimeout(action);
      },
      true,
    );
  }
}

function onChange(event) {
  const field = page.fields.get(event.target.name);
  if (field) {
    field.touched = true;
    if (!field.isText) field.blurred = true;
  }
  // What the service said was about the request as it was; so was what the check still lacked.
  page.said = undefined;
  if (page.check?.incomplete) page.check.incomplete = false;
  if (event.target.name === 'tracker_type') {
    page.submitted = false;
    announce(t(`type.changed.${event.target.value}`));
  }
  update({ typing: field?.path });
}

function fill(example) {
  page.typedName = example.tracker_type === 'data' ? example.tracker_name : '';
  fillControls(
    controls().filter((element) => element.name !== 'tracker_name'),
    example,
  );
  control('transfer_to_obs').checked = example.obs_info !== undefined;
  const name = control('tracker_name');
  name.readOnly = false;
  name.value = page.typedName;
  page.said = undefined;
  page.submitted = false;
  // What an example fills in counts as typed: a wrong value in it shows at once.
  for (const field of page.fields.values()) {
    const isFilled = field.isText && field.controls[0].value !== '';
    Object.assign(field, { touched: isFilled, blurred: isFilled });
  }
  update();
  announce(
    [t('examples.filled'), ...[page.judged.errors.length].filter(Boolean).map((n) => t('preview.errors', n))].join(' '),
  );
}

function reset() {
  page.typedName = '';
  page.submitted = false;
  page.said = undefined;
  page.check = undefined;
  for (const field of page.fields.values()) Object.assign(field, { touched: false, blurred: false });
  control('tracker_name').readOnly = false;
  control('tracker_name').value = '';
  fillFromConfig();
  update();
  announce(t('action.resetDone'));
  byId('heading').focus();
}

function fillFromConfig() {
  const { region = '', projectId = '', domainId = '' } = page.config;
  control('project_id').value = projectId;
  control('domain_id').value = domainId;
  control('bucket_location').value = region;
  byId('region').value = region;
}

function listen() {
  watchPointer();
  form.addEventListener('input', onChange);
  form.addEventListener('focusout', (event) => {
    const field = page.fields.get(event.target.name);
    // Going from one choice of a group to another is not leaving it.
    if (!field || field.element.contains(event.relatedTarget)) return;
    // Nor is passing by one: what is asked for is said when the form is sent.
    if (!field.touched && (!field.isText || event.target.value === '')) return;
    // Spaces that came along with a paste.
    if (field.isText && !event.target.readOnly) event.target.value = event.target.value.trim();
    Object.assign(field, { touched: true, blurred: true });
    whenReleased(() => update({ typing: field.path }));
  });
  // The field stands beside a button of its own: Enter is for that one.
  control('bucket_location').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    checkBucket();
  });
  // A reload would forget that a tracker may have been created.
  addEventListener('beforeunload', (event) => {
    if (page.sending || page.locked) event.preventDefault();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    create();
  });
  form.addEventListener('reset', () => setTimeout(reset));
  byId('cancel').addEventListener('click', () => {
    page.sending?.abort();
  });
  byId('check').addEventListener('click', checkBucket);
  for (const button of document.querySelectorAll('[data-example]')) {
    button.addEventListener('click', () => fill(examples[button.dataset.example]));
  }
  byId('copy').addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(byId('preview-body').textContent);
      announce(t('preview.copied'));
      byId('copy').textContent = t('preview.copied');
      setTimeout(() => {
        byId('copy').textContent = t('preview.copy');
      }, 1600);
    } catch {
      getSelection().selectAllChildren(byId('preview-body'));
      byId('copy').textContent = t('preview.copyFailed');
      announce(t('preview.copyFailed'));
    }
  });
  byId('language').addEventListener('change', (event) => {
    setLocale(event.target.value);
    showAll();
    announce(t('language.changed'));
  });
  byId('theme').addEventListener('change', (event) => {
    const theme = event.target.value;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    remember('theme', theme === 'system' ? null : theme);
  });
}

/** The periods come from the package; a number in the page would be a second source. */
function addRetentionPeriods() {
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

async function start() {
  byId('language').value = locale();
  byId('theme').value = document.documentElement.dataset.theme ?? 'system';
  translate();
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
  page.config = await response.json();
  addRetentionPeriods();
  page.fields = createFields(form, (path) => (pageFields.has(path) ? undefined : constraintsFor(path)));
  fillFromConfig();
  listen();
  showAll();
  document.documentElement.dataset.ready = '';
  // Off the first keystroke; a refusal (a CSP without wasm) has shown itself in showAll already.
  await warmup();
}

start().catch((error) => {
  const failure = byId('failure');
  failure.hidden = false;
  failure.textContent = has('page.failed') ? t('page.failed', { reason: error.message }) : String(error);
});
