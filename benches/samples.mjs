// The values that the contestants validate.

/** A valid request. */
export const GOOD = {
  tracker_type: 'data',
  tracker_name: 'data-tracker-name',
  agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'save-trace-bucket', file_prefix_name: '11', bucket_lifecycle: 30 },
  is_lts_enabled: true,
  data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' },
};

/** A valid request that cts-tracker never validates without its wasm. */
export const PERIOD = { ...GOOD, obs_info: { ...GOOD.obs_info, bucket_name: 'save.trace.bucket' } };

/** Five mistakes that every contestant must find. */
export const BAD = {
  ...GOOD,
  tracker_name: 'data tracker',
  agency_name: 'x',
  is_lts_enabled: 'yes',
  obs_info: { ...GOOD.obs_info, bucket_name: 'saveTraceBucket', bucket_lifecycle: 31 },
};

/** The same five mistakes, with other values in each request. */
export const OTHER_BAD = Array.from({ length: 16 }, (_, i) => ({
  ...BAD,
  tracker_name: `${'t'.repeat(i)}racker 1`,
  agency_name: `agency-${i}`,
  is_lts_enabled: i % 2 === 0 ? 'yes' : i,
  obs_info: { ...BAD.obs_info, bucket_name: `${'s'.repeat(i)}aveTraceBucket`, bucket_lifecycle: 31 + i },
}));

/** Valid requests whose keys differ, or come in another order. */
export const SHAPES = [
  GOOD,
  { tracker_type: 'system', tracker_name: 'system' },
  {
    tracker_type: 'system',
    tracker_name: 'system',
    obs_info: { bucket_name: 'save-trace-bucket', compress_type: 'gzip', is_obs_created: true },
    is_lts_enabled: false,
  },
  JSON.parse(JSON.stringify(GOOD)),
  {
    data_bucket: { data_bucket_name: 'cstest0423', data_event: ['READ'] },
    tracker_name: 'data-tracker-name',
    tracker_type: 'data',
  },
  {
    is_support_validate: true,
    tracker_type: 'system',
    tracker_name: 'system',
    is_support_trace_files_encryption: true,
    kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504',
    management_event_selector: { exclude_service: ['KMS'] },
  },
];

/** @param {number} length */
export const bucketList = (length) => ({
  buckets: Array.from({ length }, (_, i) => ({ bucket_name: `bucket-${i}`, bucket_location: 'cn-north-4' })),
});

/**
 * Requests as NDJSON, a share of them with five mistakes.
 * @param {number} lines
 * @param {number} [everyBad] one line in so many is bad; 0 for none
 */
export function requests(lines, everyBad = 0) {
  const texts = [];
  for (let i = 0; i < lines; i++) {
    const isBad = everyBad > 0 && i % everyBad === 0;
    texts.push(JSON.stringify({ ...(isBad ? BAD : GOOD), tracker_name: isBad ? `tracker ${i}` : `tracker-${i}` }));
  }
  return new TextEncoder().encode(`${texts.join('\n')}\n`);
}
