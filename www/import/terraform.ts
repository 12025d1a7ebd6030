// Requests of the resources of Terraform, the reverse of code/terraform.ts.
import { ImportFailure } from './failure.js';
import { type HclBlock, type HclValue, parseHcl } from './hcl.js';
import { type ImportedRequest, type Note, note, type Request } from './request.js';

type Paths = Readonly<Record<string, string>>;

const COMMON: Paths = {
  bucket_name: 'obs_info.bucket_name',
  file_prefix: 'obs_info.file_prefix_name',
  compress_type: 'obs_info.compress_type',
  is_sort_by_service: 'obs_info.is_sort_by_service',
  lts_enabled: 'is_lts_enabled',
  validate_file: 'is_support_validate',
};

/** The fields of the arguments of each resource. */
const RESOURCES: Readonly<Record<string, { readonly fixed: Request; readonly paths: Paths }>> = {
  huaweicloud_cts_tracker: {
    fixed: { tracker_type: 'system', tracker_name: 'system' },
    paths: {
      ...COMMON,
      kms_id: 'kms_id',
      organization_enabled: 'is_organization_tracker',
      exclude_service: 'management_event_selector.exclude_service',
    },
  },
  huaweicloud_cts_data_tracker: {
    fixed: { tracker_type: 'data' },
    paths: {
      ...COMMON,
      name: 'tracker_name',
      data_bucket: 'data_bucket.data_bucket_name',
      data_operation: 'data_bucket.data_event',
      obs_retention_period: 'obs_info.bucket_lifecycle',
    },
  },
};

/** Arguments whose value the provider does not send. */
const UNSENT = new Set(['region', 'enabled', 'delete_tracker']);

function lossOf(name: string, value: HclValue): Note {
  if (value.kind === 'literal') return note('argument', name);
  return note(value.kind, name, value.source);
}

function requestOf({ labels: [type = '', label = ''], attributes, blocks }: HclBlock): ImportedRequest | undefined {
  const resource = Object.hasOwn(RESOURCES, type) ? RESOURCES[type] : undefined;
  if (!resource) return undefined;
  const notes: Note[] = blocks.map((block) => note('argument', block.type));
  const groups = new Map<string, Map<string, unknown>>([['', new Map(Object.entries(resource.fixed))]]);
  const put = (path: string, value: unknown) => {
    const [group = '', key = ''] = path.includes('.') ? path.split('.') : ['', path];
    groups.set(group, (groups.get(group) ?? new Map()).set(key, value));
  };
  for (const [name, value] of attributes) {
    const path = Object.hasOwn(resource.paths, name) ? resource.paths[name] : undefined;
    if (path === undefined || value.kind !== 'literal') {
      if (value.kind !== 'literal' || !UNSENT.has(name)) notes.push(lossOf(name, value));
    } else if (value.value !== null) put(path, value.value);
  }
  // The provider asks CTS to create the agency, uses a bucket that exists, and encrypts exactly if there is a key.
  put('agency_name', 'cts_admin_trust');
  if (groups.get('obs_info')?.has('bucket_name')) put('obs_info.is_obs_created', false);
  if (groups.get('')?.has('kms_id')) put('is_support_trace_files_encryption', true);
  const { '': own = {}, ...nested } = Object.fromEntries(
    [...groups].map(([group, fields]) => [group, Object.fromEntries(fields)]),
  );
  const region = attributes.get('region');
  return {
    name: label,
    request: { ...own, ...nested },
    notes,
    region: region?.kind === 'literal' && typeof region.value === 'string' ? region.value : undefined,
  };
}

export function readTerraform(text: string): ImportedRequest[] {
  const { blocks } = parseHcl(text);
  const requests = blocks.filter(({ type }) => type === 'resource').flatMap((block) => requestOf(block) ?? []);
  if (requests.length === 0) throw new ImportFailure('hcl.noResource', 0);
  return requests;
}
