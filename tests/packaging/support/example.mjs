// What every consumer does with the package, and what must come of it: it judges the two request examples of the API
// page, creates a tracker, and gives a creation up that is under way.

/** The project whose requests are never answered. */
export const SILENT = '00000000000000000000000000000000';

/**
 * Source text of a module: `judge` says in one line what the validator said; `check` what the client met too, at the
 * address of a proxy.
 */
export const CHECK = `
const first = { tracker_type: 'system', tracker_name: 'system', agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'test-data-tracker', file_prefix_name: '11' }, is_lts_enabled: true,
  is_support_trace_files_encryption: true, kms_id: '13a4207c-7abe-4b68-8510-16b84c3b5504', is_support_validate: true };
const second = { tracker_type: 'data', tracker_name: 'data-tracker-name', agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'saveTraceBucket', file_prefix_name: '11', bucket_lifecycle: 30 },
  is_lts_enabled: true, data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' } };
function judge({ validateCreateTracker, zhCN }) {
  const say = (body, options) => {
    const { issues, warnings } = validateCreateTracker(body, options);
    return (issues ?? []).map(({ code, path, params }) => [code, path.join('.'), params.character, params.index].join(' ')).join(',')
      + '/' + warnings.length;
  };
  const chinese = validateCreateTracker(second, { locale: zhCN }).issues[0].message;
  return [say(first), say(second), /[\\u4e00-\\u9fff]/.test(chinese) ? 'zh' : chinese].join(' | ');
}
async function check(cts, baseUrl) {
  const client = cts.createCtsClient({ baseUrl, projectId: '3d65c44c1d4e4a3f8f4f0f1f9a5f0c01' });
  const { tracker_name, project_id } = await client.createTracker(first);
  const giveUp = new AbortController();
  const lost = client.createTracker(first, { projectId: '${SILENT}', signal: giveUp.signal })
    .then(() => 'not given up', (error) => (cts.isCtsError(error) ? error.kind + ' ' + error.sent : String(error)));
  // No Error: what gloo-net traps on.
  setTimeout(() => giveUp.abort('enough'), 50);
  return [judge(cts), tracker_name + ' ' + project_id, await lost].join(' | ');
}
`;

export const JUDGED = '/0 | invalid_character obs_info.bucket_name T 4/0 | zh';
export const EXPECTED = `${JUDGED} | system 3d65c44c1d4e4a3f8f4f0f1f9a5f0c01 | aborted unknown`;
