// Shows which fields apply, which are required, and why a field does not apply.
import type { FieldState, IssueCode } from 'cts-tracker';
import type { Field, FieldDisplay } from '../../field.js';
import { t } from '../../i18n.js';
import type { TrackerForm } from '../form.js';
import type { State } from '../state.js';

function reasonText(reason: IssueCode | undefined, isManagement: boolean): string {
  switch (reason) {
    case 'not_applicable':
    case 'forbidden':
      return t(isManagement ? 'reason.data' : 'reason.system');
    case 'must_equal':
      return t('reason.fixedName');
    case 'unused':
      return t('reason.encryption');
    case 'requires_field':
      return t('reason.bucket');
    default:
      return t('reason.other');
  }
}

/** A field that is not part of the request. */
function pageFieldDisplay({ path }: Field, form: TrackerForm): FieldDisplay {
  const needsNoLocation = form.pageValues.transferToObs && form.createsBucket;
  return { required: path === 'project_id', applies: path !== 'bucket_location' || !needsNoLocation };
}

function nameDisplay(isManagement: boolean): FieldDisplay {
  return isManagement
    ? { applies: true, required: false, reason: t('reason.fixedName'), showHint: false, showCounter: false }
    : { applies: true, required: true };
}

function requestFieldDisplay(
  { path }: Field,
  { applies, required, reason }: FieldState,
  form: TrackerForm,
): FieldDisplay {
  // The bucket name is asked for at the same time, so the fields that depend on it stay enabled.
  const isEnabled = applies || reason === 'requires_field';
  return {
    applies: isEnabled,
    required: required || (path === 'obs_info.bucket_name' && form.pageValues.transferToObs),
    reason: isEnabled ? '' : reasonText(reason, form.isManagement),
    showHint: isEnabled,
  };
}

export function showFields({ form, validated }: State): void {
  const { isManagement } = form;
  const { transferToObs } = form.pageValues;
  // Groups of the other tracker type are hidden. Single fields are disabled and show the reason.
  for (const card of form.element.querySelectorAll<HTMLElement>('[data-card]'))
    card.hidden = (card.dataset.card === 'system') !== isManagement;
  form.obsGroup.hidden = !transferToObs;
  form.control('transfer_to_obs').setAttribute('aria-expanded', String(transferToObs));

  for (const field of form.fields.values()) {
    const state = validated.state[field.path];
    if (field.path === 'tracker_name') field.setDisplay(nameDisplay(isManagement));
    else field.setDisplay(state ? requestFieldDisplay(field, state, form) : pageFieldDisplay(field, form));
    field.updateCounter();
  }
}

/** Shows the only name of a management tracker, and keeps the name of the data tracker meanwhile. */
export function showName(state: State): void {
  const name = state.form.control('tracker_name');
  const { isManagement } = state.form;
  if (isManagement && !name.readOnly) {
    state.dataTrackerName = name.value;
    name.value = 'system';
  } else if (!isManagement && name.readOnly) {
    name.value = state.dataTrackerName;
  }
  name.readOnly = isManagement;
}
