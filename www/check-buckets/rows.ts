// The buckets of the table, and the text that they are pasted from. Pure.
import type { Bucket, CheckBucketRequest, CtsError, Issue } from 'cts-tracker';
import { toCsv } from '../csv.js';

export interface BucketRow {
  name: string;
  location: string;
  kmsId: string;
  issues: readonly Issue[];
  result: Result | undefined;
}

export type Result = { readonly bucket: Bucket; readonly error?: undefined } | { readonly error: CtsError };

export type Rating = 'unchecked' | 'good' | 'bad' | 'failed';

export const newRow = (name = '', location = '', kmsId = ''): BucketRow => ({
  name,
  location,
  kmsId,
  issues: [],
  result: undefined,
});

/** A row that has not been filled in yet. Its region is that of the account. */
export const isEmpty = ({ name, kmsId }: BucketRow): boolean => name === '' && kmsId === '';

const HEADINGS = /^(bucket_?name|bucket|name|桶名称|obs桶名称)$/i;

/** Cells of a pasted text as rows: name, region, key. A first row of headings is left out. */
export function rowsOf(cells: readonly (readonly string[])[], region: string): BucketRow[] {
  const [first] = cells;
  const data = first && HEADINGS.test(first[0] ?? '') ? cells.slice(1) : cells;
  return data.map(([name = '', location = '', kmsId = '']) => newRow(name, location || region, kmsId));
}

/** A key asks for encryption. */
export const requestOf = ({ name, location, kmsId }: BucketRow): CheckBucketRequest => ({
  bucket_name: name,
  bucket_location: location,
  ...(kmsId === '' ? {} : { kms_id: kmsId, is_support_trace_files_encryption: true }),
});

/** The issues of each row, from those of the whole request. */
export function issuesByRow(issues: readonly Issue[], count: number): Issue[][] {
  const rows = Array.from({ length: count }, (): Issue[] => []);
  for (const issue of issues) rows[Number(issue.path[1] ?? -1)]?.push(issue);
  return rows;
}

export function ratingOf({ result }: BucketRow): Rating {
  if (!result) return 'unchecked';
  if (result.error) return 'failed';
  return result.bucket.check_bucket_response?.success ? 'good' : 'bad';
}

export const rowsAsCsv = (rows: readonly BucketRow[], describe: (row: BucketRow) => string): string =>
  toCsv([
    ['bucket_name', 'bucket_location', 'kms_id', 'result', 'code', 'message'],
    ...rows.map((row) => {
      const { name, location, kmsId, result } = row;
      const code =
        result?.error?.errorCode ?? (result && !result.error ? result.bucket.check_bucket_response?.error_code : '');
      return [name, location, kmsId, ratingOf(row), code ?? '', describe(row)];
    }),
  ]);
