// What an import would change in the form. It works on copies of the controls.
import { type Control, type Draft, fillForm, valueAt } from '../create-tracker/request.js';
import { isValidated, type PageValues, type ValidatedForm, validateForm } from '../create-tracker/validate.js';
import { fitRequest } from './fit.js';
import { type ImportedRequest, type Note, note } from './request.js';

export interface Change {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface Preview {
  /** What the form can hold of the request. */
  readonly request: Draft;
  readonly changes: readonly Change[];
  readonly notes: readonly Note[];
}

const copyOf = ({ name, type, value, checked, defaultChecked, dataset }: Control): Control => ({
  name,
  type,
  value,
  checked,
  defaultChecked,
  dataset: { ...dataset },
});

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Omitting these changes nothing. */
const isUnset = (value: unknown): boolean =>
  value === undefined || value === false || value === '' || (Array.isArray(value) && value.length === 0);

export interface PreviewContext {
  readonly controls: readonly Control[];
  readonly page: PageValues;
  /** The form as it is. */
  readonly validated: ValidatedForm;
  readonly region: string;
}

export function previewImport(imported: ImportedRequest, context: PreviewContext): Preview {
  const { controls, page, validated, region } = context;
  const { request, notes } = fitRequest(controls, imported.request);
  const copies = controls.map(copyOf);
  fillForm(copies, request);
  const isManagement = copies.some(
    ({ name, value, checked }) => name === 'tracker_type' && checked && value === 'system',
  );
  // The form fixes the name of a management tracker.
  for (const copy of copies) if (isManagement && copy.name === 'tracker_name') copy.value = 'system';
  const after = validateForm(copies, { ...page, transferToObs: request.obs_info !== undefined });
  const paths = Object.keys(after.state).filter(
    (path) => !isObject(valueAt(after.draft, path)) && !isObject(valueAt(validated.draft, path)),
  );
  const isLost = (value: unknown, path: string) =>
    !isUnset(value) && !isObject(value) && !isValidated(after.state, path);
  const lost = paths.filter((path) => isLost(valueAt(request, path), path));
  const isOther = (own: string | undefined, other: string) => own !== undefined && other !== '' && own !== other;
  return {
    request,
    changes: paths
      .map((path) => ({ path, before: valueAt(validated.draft, path), after: valueAt(after.draft, path) }))
      .filter(({ before, after: next }) => JSON.stringify(before) !== JSON.stringify(next)),
    notes: [
      ...imported.notes,
      ...notes,
      ...lost.map((path) => note('notApplicable', path)),
      ...(isOther(imported.projectId, page.projectId) ? [note('project', imported.projectId ?? '')] : []),
      ...(isOther(imported.region, region) ? [note('region', imported.region ?? '')] : []),
    ],
  };
}
