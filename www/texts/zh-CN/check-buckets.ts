// The texts of the page "Check buckets".
import type { checkBuckets as english } from '../en/check-buckets.js';
import type { TextsLike } from '../texts-like.js';

export const checkBuckets: TextsLike<typeof english> = {
  'checkBuckets.heading': '检查桶',
  'checkBuckets.lead': '检查事件能否转储到OBS桶。',
};
