// The IAM policy that a user needs to send the request, with the actions of the services it touches.
import { type Generate, objectAt } from './snippet.js';

const TRANSFER = [
  'obs:bucket:HeadBucket',
  'obs:bucket:GetLifecycleConfiguration',
  'obs:bucket:PutLifecycleConfiguration',
  'obs:bucket:GetBucketAcl',
  'obs:bucket:PutBucketAcl',
];
const LTS = ['lts:groups:list', 'lts:groups:create', 'lts:topics:list', 'lts:topics:create'];

export const iamPolicy: Generate = ({ draft }) => {
  const obs = objectAt(draft, 'obs_info');
  const actions = [
    'cts:tracker:create',
    // CheckObsBuckets, and the lookup of a tracker.
    'cts:tracker:list',
    'obs:bucket:ListAllMyBuckets',
    ...(obs.bucket_name ? TRANSFER : []),
    ...(obs.is_obs_created === true ? ['obs:bucket:CreateBucket'] : []),
    ...(draft.is_lts_enabled === true ? LTS : []),
    ...(draft.kms_id ? ['kms:cmk:list'] : []),
  ];
  const policy = { Version: '1.1', Statement: [{ Effect: 'Allow', Action: actions }] };
  return { code: `${JSON.stringify(policy, null, 2)}\n`, losses: ['code.iam.agency'] };
};
