// The texts of the console in English. Messages about field values come from the package.

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

export const en = {
  'page.title': 'Create tracker – Cloud Trace Service',
  'page.skip': 'Skip to main content',
  'page.service': 'Cloud Trace Service',
  'page.heading': 'Create tracker',
  'page.lead':
    'A tracker defines which operations are recorded as traces, and where trace files are stored for longer than seven days.',
  'page.failed':
    'The console could not start: {reason}. Reload the page. If the problem persists, check the terminal where you started the console.',
  'page.version': 'cts-tracker {version}',

  'banner.emulator.title': 'Emulator',
  'banner.emulator.text':
    'A local emulator answers all requests. Nothing is sent to Huawei Cloud, and trackers are deleted when the emulator stops.',
  'banner.service.title': 'Real service',
  'banner.service.text':
    'Requests are sent to {region}, signed with the keys set at startup. The trackers you create are real and can incur charges.',

  'language.label': 'Language',
  'language.changed': 'The page is now in English.',
  'theme.label': 'Theme',
  'theme.system': 'System',
  'theme.light': 'Light',
  'theme.dark': 'Dark',

  'examples.label': 'Load an example from the API reference:',
  'examples.system': 'Management tracker',
  'examples.data': 'Data tracker',
  'examples.loaded': 'Example loaded.',

  'field.required': 'required',
  'field.optional': 'optional',
  'field.warning': 'Warning: ',
  'field.error': 'Error: ',
  'field.message': '{field}: {message}',

  'basic.legend': 'Basic information',
  'type.label': 'Tracker type',
  'type.system': 'Management tracker',
  'type.system.hint':
    'Records operations on cloud services: who created, changed, or deleted which resource. One per account and region.',
  'type.data': 'Data tracker',
  'type.data.hint': 'Records read and write operations on one OBS bucket. Up to 100 per account.',
  'type.changed.system': 'Management tracker selected. The tracked bucket and the retention period no longer apply.',
  'type.changed.data':
    'Data tracker selected. Enter a name and the bucket to track. Encryption and organization no longer apply.',
  'name.label': 'Tracker name',
  'name.hint': 'Letters, digits, hyphens (-), and underscores (_). Must start with a letter or digit.',
  'agency.label': 'Create the agency cts_admin_trust',
  'agency.hint':
    'Allows CTS to use other services, such as OBS and KMS, on your behalf. Clear this only if the agency already exists.',

  'system.legend': 'Management traces',
  'organization.label': 'Apply to my organization',
  'organization.hint': 'Also transfers the traces of all member accounts in this region.',
  'exclude.label': 'Exclude KMS traces',
  'exclude.hint': 'Does not transfer the createDatakey traces that KMS generates in large numbers.',

  'data.legend': 'Data traces',
  'dataBucket.label': 'Tracked OBS bucket',
  'dataBucket.hint': 'Cannot be changed later. Must not be the bucket that receives the trace files.',
  'events.label': 'Operations to record',
  'events.READ': 'Read',
  'events.READ.hint': 'Downloads and listings',
  'events.WRITE': 'Write',
  'events.WRITE.hint': 'Uploads and deletions',

  'obs.legend': 'Transfer to OBS',
  'obs.label': 'Transfer trace files to an OBS bucket',
  'obs.hint': 'Without a transfer, CTS keeps traces for only seven days.',
  'created.label': 'OBS bucket',
  'created.false': 'Use an existing bucket',
  'created.true': 'Create a bucket',
  'bucket.label': 'OBS bucket name',
  'bucket.hint':
    'Lowercase letters, digits, hyphens (-), and periods (.). Must start with a lowercase letter or digit.',
  'location.label': 'Bucket region',
  'location.hint': 'The region of the bucket, for example cn-north-1. Used only to check the bucket.',
  'check.button': 'Check bucket',
  'check.busy': 'Checking…',
  'check.newBucket': 'CTS will create this bucket, so there is nothing to check yet.',
  'check.incomplete': 'Enter a valid bucket name, bucket region, and account ID first. The bucket was not checked.',
  'check.heading': 'Check result',
  'check.good': 'Traces can be transferred to this bucket.',
  'check.bad': 'Traces cannot be transferred to this bucket.',
  'check.unknown': 'The response does not say whether traces can be transferred to this bucket.',
  'check.none': 'The response does not contain a bucket.',
  'check.code.NoSuchBucket':
    'No bucket with this name exists in the region. Check the name and the region, or let CTS create the bucket.',
  'check.stale': 'Changed since the check',
  'check.serviceMessage': 'Service message: {code} ({status}) {message}',
  'prefix.label': 'File prefix',
  'prefix.hint': 'Starts the name of each trace file. Letters, digits, hyphens (-), underscores (_), and periods (.).',
  'lifecycle.label': 'Retention period',
  'lifecycle.none': 'Keep the bucket’s rule',
  'lifecycle.days': (n: number): string => (n % 365 === 0 ? count(n / 365, 'year', 'years') : count(n, 'day', 'days')),
  'lifecycle.hint': 'CTS changes the lifecycle rule of the bucket, which applies to all files in it.',
  'compress.label': 'Compression',
  'compress.gzip': 'gzip',
  'compress.json': 'Uncompressed (JSON)',
  'sort.label': 'Sort by cloud service',
  'sort.hint': 'Adds the name of the cloud service to the path of each trace file.',
  'verify.label': 'Verify trace files',
  'verify.hint': 'CTS creates digest files, which show later whether trace files were changed.',
  'encrypt.label': 'Encrypt trace files',
  'encrypt.hint': 'Uses a key from Key Management Service (KMS).',
  'kms.label': 'KMS key ID',
  'kms.hint': 'Example: 13a4207c-7abe-4b68-8510-16b84c3b5504',

  'lts.legend': 'Transfer to LTS',
  'lts.label': 'Transfer traces to Log Tank Service',
  'lts.hint': 'Lets you search and analyze traces in a log stream that CTS creates.',

  'where.legend': 'Account',
  'where.region': 'Region',
  'where.regionHint': 'Set at startup.',
  'project.label': 'Project ID',
  'project.hint': 'The tracker is created in this project.',
  'domain.label': 'Account ID',
  'domain.hint': 'Used only to check the bucket.',

  'reason.system': 'Available only for management trackers.',
  'reason.data': 'Available only for data trackers.',
  'reason.fixedName': 'The name of a management tracker is always “system”.',
  'reason.encryption': 'Requires encryption of trace files.',
  'reason.bucket': 'Requires an OBS bucket name.',
  'reason.other': 'Does not apply here.',

  'summary.heading': (n: number): string => count(n, 'field has errors', 'fields have errors'),
  'summary.announce': (n: number): string =>
    `The request was not sent. ${count(n, 'field has errors', 'fields have errors')}.`,
  'action.create': 'Create tracker',
  'action.creating': 'Creating…',
  'action.stop': 'Stop waiting',
  'action.reset': 'Reset form',
  'action.resetDone': 'The default values are restored.',
  'action.locked': 'First make sure that the last request did not create the tracker.',
  'action.notCreated': 'I checked the tracker list. The tracker was not created.',

  'preview.heading': 'Request',
  'preview.live': 'The request body as it would be sent now. Fields with default values are omitted.',
  'preview.ready': 'Ready to send',
  'preview.errors': (n: number): string => count(n, 'error', 'errors'),
  'preview.warnings': (n: number): string => count(n, 'warning', 'warnings'),
  'preview.label': 'Request body',
  'preview.copy': 'Copy',
  'preview.copied': 'Copied',
  'preview.copyFailed': 'The browser did not allow copying. The text is selected: copy it with the keyboard.',

  'response.heading': 'Response',
  'response.empty': 'No request has been sent yet.',
  'response.created': 'Tracker created',
  'response.createdText': 'Tracker “{name}” is {status}.',
  'response.requestBody': 'Request body',
  'response.body': 'Response body',
  'response.noBody': 'No body',
  'response.truncated': '… (truncated)',
  'response.status': 'Status',
  'response.noStatus': 'No response',
  'response.requestId': 'Request ID',
  'response.noRequestId': 'None',
  'response.duration': 'Duration',
  'response.attempts': 'Attempts',
  'response.errorType': 'Error type',
  'response.errorCode': 'Error code',
  'response.serviceMessage': 'Service message',
  'response.errorMessage': 'Error message',
  'response.trackerId': 'Tracker ID',
  'response.detail': 'Details',
  'response.time': 'Created',
  'response.bucket': 'OBS bucket',
  'response.lts': 'LTS log stream',
  'response.goToField': 'Go to field: {field}',
  'response.beside': 'Service response: {message}',

  'status.enabled': 'enabled',
  'status.disabled': 'disabled',
  'status.error': 'in an error state',
  'detail.bucketPolicyError': 'CTS cannot write to the bucket. Correct the bucket policy.',
  'detail.noBucket': 'The bucket does not exist.',
  'detail.arrears': 'The account is in arrears.',

  'kind.validation.title': 'Invalid request',
  'kind.validation.text': 'The request was not sent. Correct the marked fields, then try again.',
  'kind.auth.title': 'Authentication failed',
  'kind.auth.text':
    'Check the access keys and the clock of the machine that runs the proxy. Do not retry repeatedly: after five failures, the key is locked for five minutes.',
  'kind.forbidden.title': 'Access denied',
  'kind.forbidden.text':
    'The account lacks a permission (cts:tracker:create and its dependencies), or the project ID does not belong to it. Contact your administrator, or correct the project ID.',
  'kind.forbidden.checking':
    'The account lacks the permission to check buckets, or the account ID is not yours. Contact your administrator, or correct the account ID.',
  'kind.not_found.title': 'Not found',
  'kind.not_found.text': 'The service does not know this URL. Check the region, the project ID, and the account ID.',
  'kind.conflict.title': 'Conflict with an existing tracker',
  'kind.conflict.text':
    'No tracker was created. Check the tracker list, then change the existing tracker or use another name, bucket, or operation.',
  'kind.conflict.mayAlreadyExist': 'An earlier request with an unknown outcome may have created this tracker.',
  'kind.throttled.title': 'Too many requests',
  'kind.throttled.text': 'No tracker was created. Wait a moment, then try again.',
  'kind.throttled.after': 'No tracker was created. Try again in {seconds} s.',
  'kind.rejected.title': 'Request rejected',
  'kind.rejected.text': 'No tracker was created. Correct the problem below, then try again.',
  'kind.rejected.noReason':
    'No tracker was created, and the service did not give a reason. Check the fields, then try again.',
  'kind.unavailable.title': 'Service unavailable',
  'kind.unavailable.text':
    'The service asks clients not to repeat the same request. Wait until it is available again, and check the tracker list before you try again.',
  'kind.server.title': 'Service error',
  'kind.server.text': 'Try again later. If the problem persists, contact support and provide the request ID.',
  'kind.network.title': 'Connection failed',
  'kind.network.text':
    'The request was not sent. Check that the server of the console is running and that you are connected, then try again.',
  'kind.timeout.title': 'Request timed out',
  'kind.timeout.text': 'Nothing was changed. Try again.',
  'kind.aborted.title': 'Stopped waiting',
  'kind.aborted.text': 'The request was not sent.',
  'kind.aborted.sent':
    'The request may already have been sent. Check the tracker list before you create the tracker again.',
  'kind.outcome_unknown.title': 'It is unknown whether the tracker was created',
  'kind.outcome_unknown.text':
    'The request may have reached the service, but no clear response was received. Do not send it again yet: first check the tracker list on the CTS console, and create the tracker only if it is not there.',
  'kind.bad_response.title': 'The response could not be read',
  'kind.bad_response.text':
    'The response is not from CTS. A gateway or proxy may have sent it. Check the tracker list before you try again.',
  'kind.proxy.title': 'Rejected by the signing proxy',
  'kind.proxy.text':
    'The request was not forwarded. Check how the proxy was started: its keys, allowed projects, and allowed origins.',
  'kind.internal.title': 'Internal error',
  'kind.internal.text':
    'This is a bug in cts-tracker. Reload the page and try again. If the problem persists, report it with the message below.',
  'kind.unknown.title': 'Unexpected error',
  'kind.unknown.text': 'Check the tracker list before you try again.',
  'kind.checking.text': 'The bucket was not checked, and nothing was changed. You can check it again.',

  'fields.other': 'Request',
} as const;

/** The texts of a language. A missing or unknown key is a type error. */
export type Texts = {
  readonly [Key in keyof typeof en]: (typeof en)[Key] extends string ? string : (typeof en)[Key];
};
