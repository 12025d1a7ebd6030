// Fills the form with an example, or with its default values.
import { announce } from '../announce.js';
import { byId } from '../dom.js';
import { joinSentences, t } from '../i18n.js';
import { examples } from './examples.js';
import { fillControls } from './request.js';
import type { State } from './state.js';
import { update } from './update.js';

/** Sets the name that the user may edit; `update` shows the fixed name of a management tracker. */
function setName(state: State, name: string): void {
  const control = state.form.control('tracker_name');
  control.readOnly = false;
  control.value = name;
  state.dataTrackerName = name;
}

export function loadExample(state: State, type: keyof typeof examples): void {
  const example = examples[type];
  const { form } = state;
  fillControls(form.controls, example);
  form.control('transfer_to_obs').checked = example.obs_info !== undefined;
  setName(state, type === 'data' ? String(example.tracker_name) : '');
  state.serviceError = undefined;
  state.isSubmitted = false;
  // Values of an example count as typed, so that an invalid one is shown at once.
  for (const field of form.fields.values()) field.setInteraction(field.isText && field.control.value !== '');
  update(state);
  const { length } = state.validated.errors;
  announce(joinSentences([t('examples.loaded'), ...(length > 0 ? [t('preview.errors', length)] : [])]));
}

/** Runs after the browser has reset the controls. */
export function resetForm(state: State): void {
  state.isSubmitted = false;
  state.serviceError = undefined;
  state.bucketCheck = undefined;
  for (const field of state.form.fields.values()) field.setInteraction(false);
  setName(state, '');
  fillFromConfig(state);
  update(state);
  announce(t('action.resetDone'));
  byId('heading').focus();
}

export function fillFromConfig({ form, config }: State): void {
  form.control('bucket_location').value = config.region ?? '';
}
