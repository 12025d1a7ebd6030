import { type IssueTexts, type Locale, locale } from './locale.js';

/**
 * By issue code, by code and the field that the rule is about, or by code and path. Between braces are the params of the issue; `{index}` and
 * `{first}` are counted from 1 in a message.
 */
export const messages = {
  invalid_json: 'Invalid JSON at line {line}, column {column}.',
  not_object: 'The request must be an object, not {actual}.',
  required: 'This field is required.',
  'required:tracker_type': 'Choose a tracker type: system (management tracker) or data (data tracker).',
  'required:tracker_name': 'Enter a name for the data tracker.',
  'required:bucket_name': 'Enter an OBS bucket name.',
  'required:data_bucket': 'A data tracker requires a bucket to track and the operations to record.',
  'required:data_event': 'Choose the operations to record: READ, WRITE or both.',
  'required:kms_id': 'Encryption of trace files requires a KMS key: enter its ID.',
  'required:bucket_location': 'Enter the region of the bucket, such as cn-north-4.',
  'required:project_id': 'Enter the project ID.',
  'required:domain_id': 'Enter the account ID.',
  invalid_type: 'This must be {expected}, not {actual}.',
  'invalid_type:bucket_lifecycle': 'The retention period must be {expected} of days, such as 30, not {actual}.',
  unknown_key: 'The API has no such field, so it is left out of the request.',
  invalid_enum: 'This must be {allowed}.',
  'invalid_enum:tracker_type': 'The tracker type must be {allowed}.',
  'invalid_enum:exclude_service': 'Only the traces of {allowed} can be excluded.',
  'invalid_enum:bucket_lifecycle': 'The retention period must be {allowed} days.',
  'invalid_enum:compress_type': 'The compression type must be {allowed}, in lowercase.',
  'invalid_enum:data_event': 'An operation must be {allowed}, in uppercase.',
  'invalid_enum:agency_name': 'The agency must be {allowed}. Leave the field out if no agency is needed.',
  too_short: 'Use at least {min} characters; this has {actual}.',
  'too_short:bucket_name': 'A bucket name must have at least {min} characters; this one has {actual}.',
  'too_short:tracker_name': 'The tracker name is empty. Enter a name for the data tracker.',
  too_long: 'Use at most {max} characters; this has {actual}.',
  'too_long:bucket_name': 'A bucket name can have at most {max} characters; this one has {actual}.',
  'too_long:file_prefix_name': 'A file prefix can have at most {max} characters; this one has {actual}.',
  'too_long:tracker_name': 'A tracker name can have at most {max} characters; this one has {actual}.',
  'too_long:project_id': 'A project ID can have at most {max} characters; this one has {actual}.',
  'too_long:domain_id': 'An account ID can have at most {max} characters; this one has {actual}.',
  'too_long:buckets': 'The list has {actual} buckets; at most {max} can be validated at once.',
  'too_long:exclude_service': 'The list has {actual} items; at most {max} can be validated.',
  'too_long:data_event': 'The list has {actual} items; at most {max} can be validated.',
  invalid_character: 'Character {index} is {character}, which is not allowed here.',
  'invalid_character:bucket_name':
    'Use only lowercase letters, digits, hyphens (-) and periods (.): character {index} is {character}.',
  'invalid_character:file_prefix_name':
    'Use only letters, digits, hyphens (-), underscores (_) and periods (.): character {index} is {character}.',
  'invalid_character:tracker_name':
    'Use only letters, digits, hyphens (-) and underscores (_): character {index} is {character}.',
  'invalid_character:project_id':
    'A project ID can contain only letters, digits, hyphens (-) and underscores (_): character {index} is {character}.',
  'invalid_character:domain_id':
    'An account ID can contain only letters, digits, hyphens (-) and underscores (_): character {index} is {character}.',
  invalid_start: 'This must not start with {character}.',
  'invalid_start:bucket_name': 'A bucket name must start with a lowercase letter or a digit, not with {character}.',
  'invalid_start:tracker_name': 'A tracker name must start with a letter or a digit, not with {character}.',
  invalid_end: 'This must not end with {character}.',
  'invalid_end:bucket_name': 'A bucket name must end with a lowercase letter or a digit, not with {character}.',
  adjacent_separators: '{sequence} at character {index} is not allowed. Put a letter or a digit between the two.',
  ip_address: 'A bucket name must not look like an IP address (four numbers separated by periods).',
  reserved_name: 'The names {reserved} are reserved. Choose another name.',
  must_equal: 'This must be {expected}.',
  'must_equal:tracker_name': 'The name of the management tracker must be {expected}.',
  must_differ: 'This must not be the same as the {field}.',
  'must_differ:bucket_name':
    'The tracked bucket must not be the bucket that traces are transferred to. Choose another bucket.',
  forbidden: 'This field is not allowed here.',
  'forbidden:data_bucket': 'A management tracker does not track a bucket. Remove this, or choose a data tracker.',
  not_applicable: 'This applies only to a {trackerType}. Here it has no effect.',
  requires_field: 'This has no effect without the {field}. Enter it too.',
  empty_list: 'The list is empty. Add at least one item.',
  'empty_list:data_event': 'Choose at least one operation to record: READ, WRITE or both.',
  'empty_list:buckets': 'There are no buckets to check. Add at least one.',
  duplicate_item: 'This repeats item {first} of the list.',
  'duplicate_item:buckets': 'This repeats bucket {first} of the list.',
  unused: 'This has no effect here.',
  'unused:kms_id': 'The key has no effect because encryption of trace files is off.',
  unusual_format: 'This has an unusual format. Check it.',
  'unusual_format:kms_id': 'This does not look like a KMS key ID, which has 8-4-4-4-12 lowercase letters and digits.',
  'unusual_format:bucket_location': 'This does not look like a region ID, such as cn-north-4.',
  'unusual_format:project_id': 'This does not look like a project ID, which has 32 characters.',
  'unusual_format:domain_id': 'This does not look like an account ID, which has 32 characters.',
  too_many_issues: 'Issues not listed: {more}.',
  'required:obs_info.bucket_name': 'Enter the name of the bucket that traces are transferred to.',
  'required:data_bucket.data_bucket_name': 'Enter the name of the bucket to track.',
  'too_short:data_bucket.data_bucket_name':
    'The tracked bucket name must have at least {min} characters; this one has {actual}.',
  'too_long:data_bucket.data_bucket_name':
    'The tracked bucket name can have at most {max} characters; this one has {actual}.',
  'invalid_character:data_bucket.data_bucket_name':
    'The tracked bucket name can have only lowercase letters, digits, hyphens (-) and periods (.): character {index} is {character}.',
  'invalid_start:data_bucket.data_bucket_name':
    'The tracked bucket name must start with a lowercase letter or a digit, not with {character}.',
  'invalid_end:data_bucket.data_bucket_name':
    'The tracked bucket name must end with a lowercase letter or a digit, not with {character}.',
  'ip_address:data_bucket.data_bucket_name':
    'The tracked bucket name must not look like an IP address (four numbers separated by periods).',
};

/** Parts of the messages above. */
export const phrases = {
  suggestion: ' Did you mean {suggestion}?',
  quoted: '“{text}”',
  comma: ', ',
  or: ' or ',
  and: ' and ',
};

/** Names of characters that are invisible or easy to confuse. */
export const characters = {
  space: 'a space',
  tab: 'a tab',
  lineBreak: 'a line break',
  noBreakSpace: 'a no-break space ({codePoint})',
  fullWidthSpace: 'a full-width space ({codePoint})',
  otherSpace: 'an unusual space ({codePoint})',
  control: 'a control character ({codePoint})',
  byteOrderMark: 'an invisible byte order mark ({codePoint})',
  invisible: 'an invisible character ({codePoint})',
  combining: 'a combining mark ({codePoint})',
  broken: 'an invalid character ({codePoint})',
  unassigned: 'an unknown character ({codePoint})',
  fullWidth: 'the full-width character {quoted}',
  foreign: '{quoted} ({codePoint})',
};

/** The types of the fields. */
export const expectedTypes = {
  string: 'a string',
  boolean: 'true or false',
  integer: 'a whole number',
  object: 'an object',
  array: 'a list',
};

/** The types that a value was instead. */
export const actualTypes = {
  string: 'text',
  number: 'a number',
  fraction: 'a number with a fraction',
  boolean: 'a boolean',
  object: 'an object',
  array: 'a list',
  null: 'null',
  bigint: 'a BigInt',
  symbol: 'a symbol',
  function: 'a function',
  promise: 'a promise (await it first)',
  unreadable: 'a value that cannot be read',
  other: 'an object of type {kind}',
};

/** The tracker types. */
export const trackerTypes = {
  system: 'management tracker',
  data: 'data tracker',
};

/** Labels of the fields, by path. */
export const fields = {
  tracker_type: 'tracker type',
  tracker_name: 'tracker name',
  is_lts_enabled: 'transfer to LTS',
  is_organization_tracker: 'apply to organization',
  management_event_selector: 'management event selector',
  'management_event_selector.exclude_service': 'excluded services',
  obs_info: 'transfer to OBS',
  'obs_info.bucket_name': 'OBS bucket name',
  'obs_info.file_prefix_name': 'file prefix',
  'obs_info.is_obs_created': 'create a bucket',
  'obs_info.bucket_lifecycle': 'retention period',
  'obs_info.compress_type': 'compression type',
  'obs_info.is_sort_by_service': 'sort by cloud service',
  is_support_trace_files_encryption: 'encrypt trace files',
  kms_id: 'KMS key ID',
  is_support_validate: 'verify trace files',
  data_bucket: 'tracked bucket',
  'data_bucket.data_bucket_name': 'name of the tracked bucket',
  'data_bucket.data_event': 'operations to record',
  agency_name: 'agency name',
  buckets: 'buckets to check',
  'buckets.bucket_name': 'OBS bucket name',
  'buckets.bucket_location': 'region of the bucket',
  'buckets.kms_id': 'KMS key ID',
  'buckets.is_support_trace_files_encryption': 'encrypt trace files',
  bucket_name: 'OBS bucket name',
  project_id: 'project ID',
  domain_id: 'account ID',
};

/** By `kind` of a `CtsError`. */
export const errorKinds = {
  validation: 'The request is invalid and was not sent.',
  auth: 'Authentication failed. Check the access keys and the clock of the proxy, and that the base URL is that of a signing proxy.',
  forbidden: 'Access denied: the account or its role lacks the permission.',
  not_found: 'Nothing was found at this URL. Check the region, the project ID and the base URL.',
  conflict: 'Such a resource already exists.',
  throttled: 'Too many requests. Wait before you try again.',
  rejected: 'The service rejected the request.',
  unavailable: 'The service is unavailable. Do not send this request again unchanged.',
  server: 'The service failed to process the request.',
  network: 'The server could not be reached. Check the connection and the base URL.',
  timeout: 'There was no response in time.',
  aborted: 'The request was cancelled.',
  outcome_unknown:
    'The request may have been sent; the result is unknown. Check whether the tracker exists before you try again.',
  bad_response: 'The response is not from this service. Check the base URL and any proxy in between.',
  proxy: 'The signing proxy rejected the request.',
  internal: 'An internal error occurred in cts-tracker. The next call uses a fresh instance. Please report this.',
};

/** Parts of the messages of errors. */
export const errorPhrases = {
  unknownCode: ' ({code})',
  knownCode: ' {code}: {advice}',
  mayExist:
    ' The tracker may have been created by this call or an earlier one. Check whether it exists before you try again.',
  noAnswer: ' If every request fails like this, check that the proxy runs at the base URL and allows this page.',
  timedOut: ' There was no response within {limit}, which is {ms} ms.',
  noHeaders: 'The headers of the request could not be obtained, so it was not sent. See the cause of this error.',
  where: ' {where}: {message}',
  more: ' (and {count} more)',
};

/** By code of the service. */
export const serviceCodes = {
  'CTS.0001': 'IAM or OBS returned an error to CTS. Check the agency, the bucket and the keys, then try again.',
  'CTS.0002': 'Not authenticated, or not authorized for this operation. Check the access keys and the IAM role.',
  'CTS.0003': 'The request body is empty or invalid. Validate it before you send it.',
  'CTS.0004': 'The service could not write its data. Try again later.',
  'CTS.0005': 'The service could not read its data. Try again later.',
  'CTS.0012': 'The project ID is invalid. Copy the ID for this region from the My Credentials page.',
  'CTS.0013': 'Permission denied. Ask an administrator for a role with CTS permissions.',
  'CTS.0056': 'The transfer to LTS could not be set up. Check LTS and its permissions, or turn the transfer off.',
  'CTS.0100': 'CTS does not support queries for its API versions.',
  'CTS.0200': 'The quota of trackers is used up. Delete a tracker, or request a larger quota.',
  'CTS.0201': 'The management tracker already exists. A region has only one: change it instead of creating it.',
  'CTS.0202': 'The tracker type must be system or data.',
  'CTS.0203': 'The tracker name must have 1 to 32 characters and start with a letter or a digit.',
  'CTS.0204': 'The name of the management tracker must be system.',
  'CTS.0205': 'The tracker status is missing. It must be enabled or disabled.',
  'CTS.0206': 'A management tracker does not track a bucket. Leave data_bucket out, or create a data tracker.',
  'CTS.0207': 'The names system and system-trace are reserved. Choose another tracker name.',
  'CTS.0208': 'A tracker with this name already exists. Choose another name, or change that tracker.',
  'CTS.0209':
    'Another tracker already records these operations on this bucket. Choose another bucket or other operations.',
  'CTS.0210': 'The name of the tracked bucket is missing. Enter data_bucket_name.',
  'CTS.0211': 'The OBS bucket does not exist. Check its name and region, or let CTS create it.',
  'CTS.0212': 'The tracked bucket of a tracker cannot be changed. Create another tracker.',
  'CTS.0213': 'The tracked bucket must not be the bucket that traces are transferred to. Choose another one.',
  'CTS.0214': 'The tracker does not exist. Check its name and region.',
  'CTS.0215': 'The OBS bucket to create already exists. Choose another name, or use the existing bucket.',
  'CTS.0216': 'The OBS bucket could not be created. Check its name, the bucket quota and the permissions.',
  'CTS.0217': 'The retention period of the bucket could not be set. Check its value, then contact support.',
  'CTS.0218':
    'A file prefix can have at most 64 characters: letters, digits, hyphens (-), underscores (_) and periods (.).',
  'CTS.0219': 'The operations to record are missing. Choose READ, WRITE or both.',
  'CTS.0220': 'KMS is not supported here. Turn off the encryption of trace files.',
  'CTS.0221': 'The KMS key ID is missing. Enter it, or turn off the encryption of trace files.',
  'CTS.0222': 'The KMS key could not be checked. Check that it exists in this region, is enabled and can be listed.',
  'CTS.0225': 'The operations to record must be READ, WRITE or both.',
  'CTS.0228': 'CTS is not a trusted service of the organization. Enable it in Organizations first.',
  'CTS.0229': 'The organization tracker already exists.',
  'CTS.0231':
    'A bucket name must have 3 to 63 lowercase letters, digits, hyphens (-) or periods (.), and start with a letter or a digit.',
  'CTS.0300': 'The traces could not be queried. Check the conditions, then try again.',
  'CTS.0400': 'A key event notification with this name already exists. Choose another name.',
  'CTS.0401': 'The operations of the key event notification are invalid. Check them.',
  'CTS.0402': 'The SMN topic of the key event notification does not exist. Check it.',
  'CTS.0403': 'The key event notification does not exist.',
  'CTS.0404': 'The status of the key event notification could not be changed. Check whether its SMN topic exists.',
  'CTS.0407': 'The quota of key event notifications is used up. Delete one that is not needed.',
  'CTS.0410': 'The type of a key event notification must be smn.',
  'CTS.0411': 'The name of the key event notification is invalid. Choose another name.',
  'OBS.NoSuchBucket': 'The OBS bucket does not exist. Check its name and region.',
  'APIGW.0101': 'The API does not exist at this URL. Check the region and the endpoint.',
  'APIGW.0103': 'The API gateway failed. Try again later.',
  'APIGW.0104': 'The API gateway failed. Try again later.',
  'APIGW.0105': 'The API gateway failed. Try again later.',
  'APIGW.0106': 'The API gateway could not map the parameters of the request. Check the endpoint.',
  'APIGW.0201':
    'The API gateway rejected the request: it is malformed or too large, or the backend did not respond. See the HTTP status.',
  'APIGW.0202': 'The backend of the API gateway is unavailable. Try again later.',
  'APIGW.0203':
    'The backend of the API gateway did not respond in time. Check whether the request took effect before you repeat it.',
  'APIGW.0204': 'The TLS connection was rejected. Check the protocol version and the certificate.',
  'APIGW.0301':
    'The signature or token was rejected. Check the access key, the secret key and the clock. After five failures the key is locked for five minutes.',
  'APIGW.0302': 'This user is not allowed to call the API. Check the account and its permissions.',
  'APIGW.0303': 'The signature of the app was rejected. Check its key and secret.',
  'APIGW.0304': 'This app is not allowed to call the API.',
  'APIGW.0305': 'The credentials were rejected. Check them.',
  'APIGW.0306': 'Access to the API was denied. Check the permissions of the account.',
  'APIGW.0307': 'The token must be renewed. Get a new one, then try again.',
  'APIGW.0308': 'Too many requests. Wait, then send them more slowly.',
  'APIGW.0310': 'The project is unavailable. Check whether it is suspended, or use another one.',
  'APIGW.0311': 'The credentials of the debugging call were rejected. Check them.',
  'APIGW.0401': 'The API gateway cannot determine the IP address of the caller. Contact support.',
  'APIGW.0402': 'This IP address is not allowed to call the API. Use an allowed one.',
  'APIGW.0404': 'The API gateway is not allowed to reach the backend. Contact support.',
  'APIGW.0501': 'The quota of calls is used up. Wait, or request a larger quota.',
  'APIGW.0502': 'The app is frozen. Check the balance of the account.',
  'APIGW.0601': 'The API gateway failed. Try again later.',
  'APIGW.0602': 'The API gateway could not read the request. Check its URL and headers.',
  'APIGW.0605': 'The API gateway could not resolve the address of the service. Try again later.',
  'APIGW.0606': 'The API gateway failed. Try again later.',
  'APIGW.0607': 'The API gateway does not support the protocol. Use HTTPS.',
  'APIGW.0608': 'The API gateway failed. Try again later.',
  'APIGW.0609': 'The API gateway failed. Try again later.',
  'APIGW.0610': 'The API gateway has no available backend. Check whether the request took effect before you repeat it.',
  'APIGW.0611': 'The API gateway failed. Try again later.',
  'APIGW.0612': 'The API gateway failed. Try again later.',
  'APIGW.0613': 'IAM is unavailable to the API gateway. Try again later.',
  'APIGW.0705': 'The API gateway could not compute the signature. Try again later.',
  'APIGW.0802': 'The IAM user is disabled in this region. Check the user and the region.',
};

/** The default of the validators. A bundle that only validates leaves out the texts of errors. */
export const enIssues: IssueTexts = /* @__PURE__ */ locale({
  code: 'en',
  messages,
  phrases,
  characters,
  expectedTypes,
  actualTypes,
  trackerTypes,
  fields,
});

/** English, the default. */
export const en: Locale = /* @__PURE__ */ locale({
  code: 'en',
  messages,
  phrases,
  characters,
  expectedTypes,
  actualTypes,
  trackerTypes,
  fields,
  errorKinds,
  errorPhrases,
  serviceCodes,
});
