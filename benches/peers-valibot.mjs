// The rules in the style of valibot.
import * as v from 'valibot';
import { BUCKET, DAYS, NAME, PREFIX } from './peer-rules.mjs';

const vObs = v.object({
  bucket_name: v.nullish(v.pipe(v.string(), v.minLength(3), v.maxLength(63), v.regex(BUCKET))),
  file_prefix_name: v.nullish(v.pipe(v.string(), v.maxLength(64), v.regex(PREFIX))),
  is_obs_created: v.nullish(v.boolean()),
  bucket_lifecycle: v.nullish(v.pipe(v.number(), v.integer(), v.values(DAYS))),
  compress_type: v.nullish(v.picklist(['gzip', 'json'])),
  is_sort_by_service: v.nullish(v.boolean()),
});
const vShared = {
  is_lts_enabled: v.nullish(v.boolean()),
  is_organization_tracker: v.nullish(v.boolean()),
  management_event_selector: v.nullish(v.object({ exclude_service: v.nullish(v.array(v.picklist(['KMS']))) })),
  obs_info: v.nullish(vObs),
  is_support_trace_files_encryption: v.nullish(v.boolean()),
  kms_id: v.nullish(v.string()),
  is_support_validate: v.nullish(v.boolean()),
  agency_name: v.nullish(v.picklist(['cts_admin_trust'])),
};
const vSchema = v.variant('tracker_type', [
  v.object({ tracker_type: v.literal('system'), tracker_name: v.nullish(v.literal('system')), ...vShared }),
  v.object({
    tracker_type: v.literal('data'),
    tracker_name: v.pipe(
      v.string(),
      v.minLength(1),
      v.maxLength(32),
      v.regex(NAME),
      v.notValues(['system', 'system-trace']),
    ),
    ...vShared,
    data_bucket: v.object({
      data_bucket_name: v.pipe(v.string(), v.minLength(3), v.maxLength(63), v.regex(BUCKET)),
      data_event: v.pipe(v.array(v.picklist(['READ', 'WRITE'])), v.minLength(1)),
    }),
  }),
]);
/** @param {unknown} input */
export const valibot = (input) => v.safeParse(vSchema, input);

const vName = v.pipe(v.string(), v.minLength(3), v.maxLength(63), v.regex(BUCKET));
const vBuckets = v.object({
  buckets: v.array(
    v.object({
      bucket_name: vName,
      bucket_location: v.pipe(v.string(), v.minLength(1)),
      kms_id: v.nullish(v.string()),
      is_support_trace_files_encryption: v.nullish(v.boolean()),
    }),
  ),
});
/** @param {unknown} input */
export const valibotBuckets = (input) => v.safeParse(vBuckets, input);
/** @param {unknown} input */
export const valibotName = (input) => v.safeParse(vName, input);
