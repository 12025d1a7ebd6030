// What the result of a row means, in words.
import { formatError } from 'cts-tracker';
import { findText, joinSentences, packageLocale, t } from '../i18n.js';
import { type BucketRow, ratingOf } from './rows.js';

export function describe(row: BucketRow): string {
  const { result } = row;
  if (!result) return '';
  if (result.error) return formatError(result.error, packageLocale());
  const { error_code: code, error_message: message } = result.bucket.check_bucket_response ?? {};
  const text =
    findText(`check.code.${code?.replace(/^OBS\./i, '')}`) ?? t(ratingOf(row) === 'good' ? 'check.good' : 'check.bad');
  return joinSentences([text, ...(code ? [`${code}: ${message ?? ''}`] : [])]);
}
