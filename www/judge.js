// One judgement of the whole form: the request, what is wrong with it, and which fields apply.
import {
  createTrackerFormSchema,
  fieldState,
  validateBucketLocation,
  validateBucketName,
  validateCheckObsBuckets,
  validateCreateTracker,
  validateDomainId,
  validateProjectId,
  withOptions,
} from 'cts-tracker';
import { controlValues, inOrder, wireDraft } from './request.js';

const schemas = new Map();
function schemaIn(locale) {
  if (!schemas.has(locale)) schemas.set(locale, withOptions(createTrackerFormSchema, { locale }));
  return schemas.get(locale)['~standard'];
}

// A field validated alone has no path; the page knows which field it asked about.
const about = (path, result, pick = 'issues') => (result[pick] ?? []).map((issue) => ({ ...issue, path: [path] }));

/** `page` is what the request does not carry: the OBS switch, the region of the bucket, the ids. */
export function judge(controls, page, locale) {
  const options = { locale };
  const state = fieldState(wireDraft(controls));
  // A field that does not apply is not sent, whatever is still typed in it.
  const applies = (name) => {
    if (!page.transferToObs && page.isOfObs(name)) return false;
    return parentsOf(name).every((path) => state[path]?.applies !== false || KEPT.has(state[path].reason));
  };
  const parsed = schemaIn(locale).validate(controlValues(controls, applies));
  const body = parsed.issues ? inOrder(wireDraft(controls, applies), Object.keys(state)) : parsed.value;
  const errors = [...(parsed.issues ?? [])];
  // To a form library every issue is an error, so a schema gives no warnings; the validator does.
  const warnings = [...validateCreateTracker(body, options).warnings];
  // Having switched the transfer on, one means a bucket; the API would take the request without.
  if (
    page.transferToObs &&
    !body.obs_info?.bucket_name &&
    !errors.some(({ path }) => path.join('.') === 'obs_info.bucket_name')
  ) {
    errors.push(...about('obs_info.bucket_name', validateBucketName(undefined, options)));
  }
  const project = validateProjectId(page.projectId || undefined, options);
  errors.push(...about('project_id', project));
  warnings.push(...about('project_id', project, 'warnings'));

  // These matter for the check of the bucket alone and do not hold up the creation.
  const asides = [];
  const domain = validateDomainId(page.domainId || undefined, options);
  const location = validateBucketLocation(page.bucketLocation || undefined, options);
  asides.push(...about('domain_id', domain));
  warnings.push(...about('domain_id', domain, 'warnings'));
  if (page.transferToObs && body.obs_info?.is_obs_created !== true) {
    asides.push(...about('bucket_location', location));
    warnings.push(...about('bucket_location', location, 'warnings'));
  }
  return { body, state, applies, errors, asides, warnings };
}

// The name of a management tracker is not to be chosen, but it is sent; and what waits for the name of the bucket is
// judged meanwhile, since the page asks for that name.
const KEPT = new Set(['must_equal', 'requires_field']);
const parentsOf = (name) => name.split('.').map((_, index, keys) => keys.slice(0, index + 1).join('.'));

/** The one bucket that traces would go to, as checkbucket wants it, and what is wrong with it. */
export function bucketToCheck(body, page, locale) {
  const bucket = { bucket_name: body.obs_info?.bucket_name, bucket_location: page.bucketLocation || undefined };
  if (body.is_support_trace_files_encryption) {
    bucket.is_support_trace_files_encryption = true;
    bucket.kms_id = body.kms_id;
  }
  const request = { buckets: [bucket] };
  const { issues = [] } = validateCheckObsBuckets(request, { locale });
  const fields = { bucket_name: 'obs_info.bucket_name' };
  const errors = issues.map((issue) => {
    const field = issue.path.at(-1);
    return { ...issue, path: [fields[field] ?? field] };
  });
  errors.push(...about('domain_id', validateDomainId(page.domainId || undefined, { locale })));
  return { request, errors };
}
