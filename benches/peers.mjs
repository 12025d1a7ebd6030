// The CreateTracker rules written for each peer in its own style: the same fields, limits and enum values.
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as v from 'valibot';
import { z } from 'zod';

const schema = createRequire(import.meta.url)('cts-tracker/json-schema/create-tracker.2020-12.json');

export const ajv = new Ajv2020({ allErrors: true, strict: false }).compile(schema);

const BUCKET = /^[a-z0-9][a-z0-9.-]{2,62}$/;
const PREFIX = /^[A-Za-z0-9._-]{0,64}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/;
const DAYS = [30, 60, 90, 180, 1095];

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
