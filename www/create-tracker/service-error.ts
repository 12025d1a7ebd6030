// Finds the fields that a service error may belong to.
import { errorCodes, isCtsError } from 'cts-tracker';
import type { State } from './state.js';

/** The bucket does not exist; the code does not say which of the two. */
const NO_SUCH_BUCKET = 'CTS.0211';

function pathsOf(error: Error): readonly (string | readonly PropertyKey[])[] {
  if (!isCtsError(error)) return [];
  const { errorCode = '', issues = [] } = error;
  if (errorCode === NO_SUCH_BUCKET) return ['data_bucket.data_bucket_name', 'obs_info.bucket_name'];
  return errorCodes[errorCode]?.fields ?? issues.slice(0, 1).map(({ path }) => path);
}

/** Keeps the error for the visible fields that it may belong to; `showMessages` shows it beside them. */
export function keepServiceError(state: State, error: Error): void {
  const fields = pathsOf(error).flatMap((path) => {
    const field = state.form.fieldFor(path);
    return field?.isVisible ? [field] : [];
  });
  if (fields.length > 0) state.serviceError = { error, fields };
}
