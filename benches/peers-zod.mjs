// The rules in the style of zod.
import { z } from 'zod';
import { BUCKET, DAYS, NAME, PREFIX } from './peer-rules.mjs';

const zObs = z.object({
  bucket_name: z.string().min(3).max(63).regex(BUCKET).nullish(),
  file_prefix_name: z.string().max(64).regex(PREFIX).nullish(),
  is_obs_created: z.boolean().nullish(),
  bucket_lifecycle: z
    .int()
    .refine((days) => DAYS.includes(days))
    .nullish(),
  compress_type: z.enum(['gzip', 'json']).nullish(),
  is_sort_by_service: z.boolean().nullish(),
});
const zShared = {
  is_lts_enabled: z.boolean().nullish(),
  is_organization_tracker: z.boolean().nullish(),
  management_event_selector: z.object({ exclude_service: z.array(z.enum(['KMS'])).nullish() }).nullish(),
  obs_info: zObs.nullish(),
  is_support_trace_files_encryption: z.boolean().nullish(),
  kms_id: z.string().nullish(),
  is_support_validate: z.boolean().nullish(),
  agency_name: z.enum(['cts_admin_trust']).nullish(),
};
const zSchema = z.discriminatedUnion('tracker_type', [
  z.object({ tracker_type: z.literal('system'), tracker_name: z.literal('system').nullish(), ...zShared }),
  z.object({
    tracker_type: z.literal('data'),
    tracker_name: z
      .string()
      .min(1)
      .max(32)
      .regex(NAME)
      .refine((name) => name !== 'system' && name !== 'system-trace'),
    ...zShared,
    data_bucket: z.object({
      data_bucket_name: z.string().min(3).max(63).regex(BUCKET),
      data_event: z.array(z.enum(['READ', 'WRITE'])).min(1),
    }),
  }),
]);
/** @param {unknown} input */
export const zod = (input) => zSchema.safeParse(input);

const zBuckets = z.object({
  buckets: z.array(
    z.object({
      bucket_name: zBucketName(),
      bucket_location: z.string().min(1),
      kms_id: z.string().nullish(),
      is_support_trace_files_encryption: z.boolean().nullish(),
    }),
  ),
});
/** @param {unknown} input */
export const zodBuckets = (input) => zBuckets.safeParse(input);

function zBucketName() {
  return z.string().min(3).max(63).regex(BUCKET);
}
const zName = zBucketName();
/** @param {unknown} input */
export const zodName = (input) => zName.safeParse(input);
