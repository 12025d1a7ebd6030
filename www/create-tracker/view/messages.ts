// Shows errors and warnings beside their fields, and all errors in a summary.
import { type Issue, toFieldErrors } from 'cts-tracker';
import { announce } from '../../announce.js';
import { byId, h, render } from '../../dom.js';
import type { Field } from '../../field.js';
import { languageCode, t, withLabel } from '../../i18n.js';
import { meaningOf } from '../failure.js';
import type { TrackerForm } from '../form.js';
import type { State } from '../state.js';

/** Errors that may disappear while the user types on; they wait until the user leaves the field. */
const SHOWN_ON_BLUR = new Set(['required', 'too_short', 'empty_list', 'invalid_end', 'unusual_format', 'invalid_enum']);

const TYPING_DELAY_MS = 500;

/** The messages of each field. Those of the whole request are under undefined. */
function messagesByField(form: TrackerForm, issues: readonly Issue[]): Map<Field | undefined, string[]> {
  const messages = new Map<Field | undefined, string[]>();
  for (const [path, more] of Object.entries(toFieldErrors(issues, { style: 'dot' }))) {
    const field = form.fieldFor(path);
    messages.set(field, [...(messages.get(field) ?? []), ...more]);
  }
  return messages;
}

const isDue = (field: Field, { code }: Issue) => field.touched && (field.blurred || !SHOWN_ON_BLUR.has(code));

/** `typing` is the field that the user is changing; its new errors are announced. */
export function showMessages(state: State, typing?: Field): void {
  const { form, validated, isSubmitted, bucketCheck, serviceError } = state;
  const filterIssues = (issues: readonly Issue[], shows: (field: Field, issue: Issue) => boolean) =>
    issues.filter((issue) => {
      const field = form.fieldFor(issue.path);
      return field?.isVisible && shows(field, issue);
    });
  const showsIssue = (field: Field, issue: Issue) => isSubmitted || isDue(field, issue);
  // Creation does not need these fields, so only the bucket check requires them.
  const showsCheckError = (field: Field, issue: Issue) =>
    bucketCheck !== undefined || (issue.code !== 'required' && isDue(field, issue));

  const errors = messagesByField(form, [
    ...filterIssues(validated.errors, showsIssue),
    ...filterIssues(validated.checkErrors, showsCheckError),
  ]);
  const warnings = messagesByField(form, filterIssues(validated.warnings, showsIssue));
  for (const field of form.fields.values()) {
    const messages = [...(errors.get(field) ?? [])];
    if (serviceError?.fields.includes(field))
      messages.push(t('response.beside', { message: meaningOf(serviceError.error) }));
    const hasNewErrors = field.setMessages(messages, warnings.get(field) ?? []);
    if (hasNewErrors && field === typing) announce(withLabel(field.labelText, messages), TYPING_DELAY_MS);
  }
  showSummary(state);
}

/** The fields with errors in the order of the page, then the request as a whole. */
export function invalidFields({ form, validated }: State): { field: Field | undefined; messages: string[] }[] {
  const messages = messagesByField(form, validated.errors);
  return [...form.fields.values(), undefined].flatMap((field) => {
    const own = messages.get(field);
    return own ? [{ field, messages: own }] : [];
  });
}

function linkTo(field: Field, text: string): HTMLElement {
  const onclick = (event: Event) => {
    event.preventDefault();
    field.focus();
  };
  return h('a', { href: `#${field.control.id}`, onclick }, text);
}

function showSummary(state: State): void {
  const invalid = state.isSubmitted ? invalidFields(state) : [];
  const heading = t('summary.heading', invalid.length);
  const key = [languageCode(), invalid.map(({ field, messages }) => [field?.path, messages])];
  const items = () =>
    invalid.map(({ field, messages }) =>
      h('li', {}, field ? linkTo(field, withLabel(field.labelText, messages)) : withLabel(t('fields.other'), messages)),
    );
  byId('summary').hidden = invalid.length === 0;
  byId('summary-heading').textContent = heading;
  render(byId('summary-list'), key, items);
  // The summary is above the form. The same list is at the actions, which are always visible.
  byId('errors').hidden = invalid.length === 0;
  byId('errors-count').textContent = heading;
  render(byId('errors-list'), key, items);
}
