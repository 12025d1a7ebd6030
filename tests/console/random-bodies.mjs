// Random request bodies that are valid.
import { validateCreateTracker } from 'cts-tracker';
import fc from 'fast-check';

const optional = (arbitrary) => fc.option(arbitrary, { nil: undefined });
const object = (fields) => fc.record(fields).map(withoutUndefined);
const withoutUndefined = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const word = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}[a-z0-9]$/);
const common = {
  agency_name: optional(fc.constant('cts_admin_trust')),
  is_lts_enabled: optional(fc.boolean()),
  is_support_validate: optional(fc.boolean()),
};
const transfer = {
  bucket_name: word,
  is_obs_created: fc.boolean(),
  file_prefix_name: optional(fc.stringMatching(/^[\w.-]{1,64}$/)),
  compress_type: optional(fc.constantFrom('gzip', 'json')),
  is_sort_by_service: optional(fc.boolean()),
};

const system = object({
  ...common,
  tracker_type: fc.constant('system'),
  tracker_name: fc.constant('system'),
  is_organization_tracker: optional(fc.boolean()),
  management_event_selector: optional(fc.constant({ exclude_service: ['KMS'] })),
  obs_info: object(transfer),
  is_support_trace_files_encryption: optional(fc.boolean()),
  kms_id: optional(fc.uuid()),
});

const data = object({
  ...common,
  tracker_type: fc.constant('data'),
  tracker_name: fc.stringMatching(/^[A-Za-z0-9][\w-]{0,63}$/),
  obs_info: optional(object({ ...transfer, bucket_lifecycle: optional(fc.constantFrom(30, 60, 90, 180, 1095)) })),
  data_bucket: object({
    data_bucket_name: word,
    data_event: fc.constantFrom(['READ'], ['WRITE'], ['READ', 'WRITE'], ['WRITE', 'READ']),
  }),
});

export const anyBody = fc.oneof(system, data).filter((body) => validateCreateTracker(body).issues === undefined);

/** Text that is special in at least one of the languages. */
const SPECIAL = [['$', '{a}'].join(''), ['$$', '{b}'].join(''), '%{c}', 'a\\b"c\'d`e', '@file', '!x', '^y%Z%'];

/** The same with a name that no rule allows, which must be carried all the same. */
export const awkwardBody = fc
  .tuple(anyBody, fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom(...SPECIAL)))
  .map(([body, name]) => ({ ...body, tracker_name: name }));
