// Finds the fields that a service error may belong to.
import { isCtsError, toFieldErrors } from 'cts-tracker';
import type { State } from './state.js';

function pathsOf(error: Error): string[] {
  if (!isCtsError(error)) return [];
  const paths = Object.keys(toFieldErrors(error));
  // The message of an invalid request is that of its first issue.
  return error.issues ? paths.slice(0, 1) : paths;
}

/** Keeps the error for the visible fields that it may belong to; `showMessages` shows it beside them. */
export function keepServiceError(state: State, error: Error): void {
  const fields = pathsOf(error).flatMap((path) => {
    const field = state.form.fieldFor(path);
    return field?.isVisible ? [field] : [];
  });
  if (fields.length > 0) state.serviceError = { error, fields };
}
