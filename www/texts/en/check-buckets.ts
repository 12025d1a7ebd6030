// The texts of the page "Check buckets".
export const checkBuckets = {
  'checkBuckets.heading': 'Check buckets',
  'checkBuckets.lead': 'Checks whether traces can be transferred to OBS buckets.',
} as const;
