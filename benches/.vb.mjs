import { createRequire } from 'node:module';
const root = process.argv[2] ?? '/tmp/wt/validation';
const { measure } = await import(`${root}/benches/measure.mjs`);
const cts = await import(`${root}/pkg/index.js`);
let peers = {};
try { peers = await import(`${root}/benches/peers.mjs`); } catch (e) { console.log('no peers', e.message); }
const GOOD = {
  tracker_type: 'data',
  tracker_name: 'data-tracker-name',
  agency_name: 'cts_admin_trust',
  obs_info: { is_obs_created: false, bucket_name: 'save-trace-bucket', file_prefix_name: '11', bucket_lifecycle: 30 },
  is_lts_enabled: true,
  data_bucket: { data_event: ['READ', 'WRITE'], data_bucket_name: 'cstest0423' },
};
const BAD = {
  ...GOOD,
  tracker_name: 'data tracker',
  agency_name: 'x',
  is_lts_enabled: 'yes',
  obs_info: { ...GOOD.obs_info, bucket_name: 'saveTraceBucket', bucket_lifecycle: 31 },
};
const shapes = [GOOD, { tracker_name: 'a', ...GOOD }, { is_support_validate: true, ...GOOD }, { kms_id: undefined, ...GOOD }, JSON.parse(JSON.stringify({ ...GOOD, obs_info: undefined })),
 { data_bucket: { data_bucket_name: 'abc', data_event: ['READ'] }, tracker_type: 'data', tracker_name: 'x1' }, { tracker_type: 'system' }, {tracker_type:'system', obs_info: {bucket_name: 'abc', compress_type: 'gzip'}}];
const buckets = { buckets: Array.from({ length: 1000 }, (_, i) => ({ bucket_name: `bucket-${i}`, bucket_location: 'cn-north-4', is_support_trace_files_encryption: false })) };
const print = (name, r) => { const o = r['cts']?.median; console.log(name.padEnd(10), Object.entries(r).map(([k, { median, least }]) => `${k} ${(median).toFixed(0)} (${least.toFixed(0)}) x${(median / o).toFixed(2)}`).join('  ')); };
const with_ = (f) => ({ cts: () => f(cts.validateCreateTracker), ...(peers.zod ? { zod: () => f(peers.zod), valibot: () => f(peers.valibot), ajv: () => f(peers.ajv) } : {}) });
print('good', measure(with_((v) => v(GOOD))));
print('bad', measure(with_((v) => v(BAD))));
let i = 0;
print('shapes', measure(with_((v) => v(shapes[i++ & 7]))));
print('good2', measure(with_((v) => v(GOOD))));
print('bucketname', measure({ cts: () => cts.validateBucketName('save-trace-bucket') }));
print('1000 bkt', measure({ cts: () => cts.validateCheckObsBuckets(buckets) }, { calls: 10 }));
const lines = new TextEncoder().encode(Array.from({ length: 100000 }, (_, i) => JSON.stringify({ ...GOOD, tracker_name: `tracker-${i}` })).join('\n') + '\n');
print('ndjson', measure({ cts: () => cts.validateNdjson('createTracker', lines) }, { rounds: 11, warm: 2, calls: 1 }));
