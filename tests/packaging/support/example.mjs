// The program that every host runs and its expected output. It validates two request examples of the API reference,
// creates a tracker, and aborts a creation in flight.

/** The project whose requests get no response. */
export const SILENT = '00000000000000000000000000000000';

/**
 * The source of a module: `validate` returns the results of the validator in one line, `check` also the results of the
 * client at the address of a proxy.
 */
export const CHECK = `
const first = { tracker_type: 'system', tracker_name: 'system', agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'test-data-tracker', file_prefix_name: '11' }, is_lts_enabled: true,
  is_support_trace_files_encryption: true, kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504', is_support_validate: true };
const second = { tracker_type: 'data', tracker_name: 'data-tracker-name', agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'saveTraceBucket', file_prefix_name: '11', bucket_lifecycle: 30 },
  is_lts_enabled: true, data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' } };
function validate({ validateCreateTracker, zhCN }) {
  const summary = (body, options) => {
    const { issues, warnings } = validateCreateTracker(body, options);
    return (issues ?? []).map(({ code, path, params }) => [code, path.join('.'), params.character, params.index].join(' ')).join(',')
      + '/' + warnings.length;
  };
  const chinese = validateCreateTracker(second, { locale: zhCN }).issues[0].message;
  return [summary(first), summary(second), /[\\u4e00-\\u9fff]/.test(chinese) ? 'zh' : chinese].join(' | ');
}
async function check(cts, baseUrl) {
  const client = cts.createCtsClient({ baseUrl, projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' });
  const { tracker_name, project_id } = await client.createTracker(first);
  const controller = new AbortController();
  const aborted = client.createTracker(first, { projectId: '${SILENT}', signal: controller.signal })
    .then(() => 'not aborted', (error) => (cts.isCtsError(error) ? error.kind + ' ' + error.sent : String(error)));
  // A reason that is not an Error makes gloo-net trap.
  setTimeout(() => controller.abort('enough'), 50);
  return [validate(cts), tracker_name + ' ' + project_id, await aborted].join(' | ');
}
`;

export const VALIDATED = '/0 | invalid_character obs_info.bucket_name T 4/0 | zh';
export const EXPECTED = `${VALIDATED} | system 3d65c44c1d4e4a3f8f4f0f1f9a5f0c01 | aborted unknown`;
