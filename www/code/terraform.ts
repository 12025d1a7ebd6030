// Terraform with the provider huaweicloud/huaweicloud: two resources, whose arguments are not those of the API.
import type { PlainTextKey } from '../i18n.js';
import { type Generate, lossesOf, objectAt, type Snippet, type SnippetInput } from './snippet.js';

/** A string of HCL. `${` and `%{` begin templates. */
const quoted = (text: string): string =>
  JSON.stringify(text)
    .replace(/\\[\\bf]/g, (pair) => (pair === '\\b' ? '\\u0008' : pair === '\\f' ? '\\u000c' : pair))
    .replace(/[$%](?=\{)/g, (sign) => sign + sign);

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

/** A resource with aligned arguments, as `terraform fmt` writes it. */
function resource(type: string, args: readonly (readonly [name: string, value: unknown])[]): string {
  const given = args.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...given.map(([name]) => name.length));
  const lines = given.map(([name, value]) => `  ${name.padEnd(width)} = ${literal(value)}\n`);
  return `resource "${type}" "tracker" {\n${lines.join('')}}\n`;
}

const PROVIDER = `terraform {
  required_providers {
    huaweicloud = {
      source = "huaweicloud/huaweicloud"
    }
  }
}

`;

type Draft = SnippetInput['draft'];

/** What neither resource can say. */
function commonLosses(draft: Draft, needBucket: readonly unknown[]): PlainTextKey[] {
  const obs = objectAt(draft, 'obs_info');
  const hasBucket = typeof obs.bucket_name === 'string' && obs.bucket_name !== '';
  return lossesOf(
    [draft.agency_name === undefined, 'code.terraform.agency'],
    [obs.is_obs_created === true, 'code.terraform.isObsCreated'],
    [!hasBucket && needBucket.some((value) => value !== undefined), 'code.terraform.needsBucket'],
    [true, 'code.terraform.project'],
  );
}

function systemTracker(draft: Draft, region: string): Snippet {
  const obs = objectAt(draft, 'obs_info');
  const bucket = obs.bucket_name || undefined;
  const withBucket = <T>(value: T): T | undefined => (bucket === undefined ? undefined : value);
  const isEncrypted = draft.is_support_trace_files_encryption === true;
  const kmsId = draft.kms_id || undefined;
  const { file_prefix_name, compress_type, is_sort_by_service } = obs;
  const needBucket = [file_prefix_name, compress_type, is_sort_by_service, draft.is_support_validate, kmsId];
  return {
    code: resource('huaweicloud_cts_tracker', [
      ['region', region],
      ['bucket_name', bucket],
      ['file_prefix', withBucket(file_prefix_name || undefined)],
      ['compress_type', withBucket(compress_type)],
      ['is_sort_by_service', withBucket(is_sort_by_service)],
      ['lts_enabled', draft.is_lts_enabled],
      ['validate_file', withBucket(draft.is_support_validate)],
      ['kms_id', isEncrypted ? withBucket(kmsId) : undefined],
      ['organization_enabled', draft.is_organization_tracker],
      ['exclude_service', objectAt(draft, 'management_event_selector').exclude_service],
    ]),
    losses: [
      'code.terraform.adopts',
      ...commonLosses(draft, needBucket),
      ...lossesOf(
        [isEncrypted !== (kmsId !== undefined), 'code.terraform.encryption'],
        [obs.bucket_lifecycle !== undefined, 'code.terraform.lifecycle'],
      ),
    ],
  };
}

function dataTracker(draft: Draft, region: string): Snippet {
  const obs = objectAt(draft, 'obs_info');
  const data = objectAt(draft, 'data_bucket');
  const bucket = obs.bucket_name || undefined;
  const withBucket = <T>(value: T): T | undefined => (bucket === undefined ? undefined : value);
  const { file_prefix_name, bucket_lifecycle, compress_type, is_sort_by_service } = obs;
  const needBucket = [file_prefix_name, bucket_lifecycle, compress_type, is_sort_by_service, draft.is_support_validate];
  return {
    code: resource('huaweicloud_cts_data_tracker', [
      ['region', region],
      ['name', draft.tracker_name ?? ''],
      ['data_bucket', data.data_bucket_name ?? ''],
      ['data_operation', data.data_event],
      ['bucket_name', bucket],
      ['file_prefix', withBucket(file_prefix_name || undefined)],
      ['obs_retention_period', withBucket(bucket_lifecycle)],
      ['compress_type', withBucket(compress_type)],
      ['is_sort_by_service', withBucket(is_sort_by_service)],
      ['lts_enabled', draft.is_lts_enabled],
      ['validate_file', withBucket(draft.is_support_validate)],
    ]),
    losses: [
      ...commonLosses(draft, needBucket),
      ...lossesOf([Array.isArray(data.data_event) && data.data_event.length === 0, 'code.terraform.noEvents']),
    ],
  };
}

export const terraform: Generate = ({ draft, region }) => {
  const { code, losses } = draft.tracker_type === 'data' ? dataTracker(draft, region) : systemTracker(draft, region);
  return { code: PROVIDER + code, losses };
};
