import { type IssueTexts, type Locale, locale } from './locale.js';

/** By issue code, or by code and the field that the rule is about. Between braces are the params of the issue; `{index}` and `{first}`
 * are counted from 1 in a message. */
export const messages = {
  invalid_json: 'This is not valid JSON: look at line {line}, column {column}.',
  not_object: 'The request must be an object, not {actual}.',
  required: 'This field is required.',
  'required:tracker_type': 'Choose the tracker type: system (management tracker) or data (data tracker).',
  'required:tracker_name': 'Enter a name for the data tracker.',
  'required:bucket_name': 'Enter an OBS bucket name.',
  'required:data_bucket': 'A data tracker needs the OBS bucket it tracks and the operations to record.',
  'required:data_event': 'Choose the operations to record: READ, WRITE or both.',
  'required:kms_id': 'Trace files are to be encrypted: enter the ID of a KMS key.',
  'required:bucket_location': 'Enter the region the bucket is in, such as cn-north-4.',
  'required:project_id': 'Enter the project ID.',
  'required:domain_id': 'Enter the account ID.',
  invalid_type: 'This must be {expected}, not {actual}.',
  'invalid_type:bucket_lifecycle': 'The retention period must be {expected} of days, in digits alone.',
  unknown_key: 'The API has no such field: it is left out of the request.',
  invalid_enum: 'This must be {allowed}.',
  'invalid_enum:tracker_type': 'The tracker type must be {allowed}.',
  'invalid_enum:exclude_service': 'Only the traces of {allowed} can be excluded.',
  'invalid_enum:bucket_lifecycle': 'The retention period must be {allowed} days.',
  'invalid_enum:compress_type': 'The compression type must be {allowed}, in lowercase.',
  'invalid_enum:data_event': 'An operation must be {allowed}, in capitals.',
  'invalid_enum:agency_name': 'The agency can only be {allowed}: leave the field out for none.',
  too_short: 'This has {actual} characters; it needs at least {min}.',
  'too_short:bucket_name': 'A bucket name has at least {min} characters; this one has {actual}.',
  'too_short:tracker_name': 'Enter a name for the data tracker: it must not be empty.',
  too_long: 'This has {actual} characters; at most {max} are allowed.',
  'too_long:bucket_name': 'A bucket name has at most {max} characters; this one has {actual}.',
  'too_long:file_prefix_name': 'A file prefix has at most {max} characters; this one has {actual}.',
  'too_long:tracker_name': 'A tracker name has at most {max} characters; this one has {actual}.',
  'too_long:project_id': 'A project ID has at most {max} characters; this one has {actual}.',
  'too_long:domain_id': 'An account ID has at most {max} characters; this one has {actual}.',
  'too_long:buckets': 'The list has {actual} buckets; at most {max} can be judged at once.',
  'too_long:exclude_service': 'The list has {actual} items; at most {max} can be judged.',
  'too_long:data_event': 'The list has {actual} items; at most {max} can be judged.',
  invalid_character: 'Character {index} is {character}, which is not allowed here.',
  'invalid_character:bucket_name':
    'Use only lowercase letters, digits, hyphens (-) and periods (.): character {index} is {character}.',
  'invalid_character:file_prefix_name':
    'Use only letters, digits, hyphens (-), underscores (_) and periods (.): character {index} is {character}.',
  'invalid_character:tracker_name':
    'Use only letters, digits, hyphens (-) and underscores (_): character {index} is {character}.',
  'invalid_character:project_id':
    'A project ID may have only letters, digits, hyphens (-) and underscores (_): character {index} is {character}.',
  'invalid_character:domain_id':
    'An account ID may have only letters, digits, hyphens (-) and underscores (_): character {index} is {character}.',
  invalid_start: 'This must not start with {character}.',
  'invalid_start:bucket_name': 'A bucket name starts with a lowercase letter or a digit, not with {character}.',
  'invalid_start:tracker_name': 'A tracker name starts with a letter or a digit, not with {character}.',
  invalid_end: 'This must not end with {character}.',
  'invalid_end:bucket_name': 'A bucket name ends with a lowercase letter or a digit, not with {character}.',
  adjacent_separators: 'Put a letter or a digit between the two characters of {sequence} (from character {index}).',
  ip_address: 'A bucket name must not look like an IP address: four numbers joined by periods.',
  reserved_name: 'Choose another name: {reserved} are reserved.',
  must_equal: 'This must be {expected}.',
  'must_equal:tracker_name': 'The name of a management tracker is always {expected}.',
  must_differ: 'This must not be the same as the {field}.',
  'must_differ:bucket_name': 'Choose another bucket: the tracked bucket must not be the same as the {field}.',
  forbidden: 'This field must not be given here.',
  'forbidden:data_bucket': 'A management tracker tracks no bucket: remove this, or choose a data tracker.',
  not_applicable: 'This is for a {trackerType} only; here it has no effect.',
  requires_field: 'This has no effect without the {field}: enter it too.',
  empty_list: 'The list is empty: add at least one item.',
  'empty_list:data_event': 'Choose at least one operation to record: READ, WRITE or both.',
  'empty_list:buckets': 'There is no bucket to check: add at least one.',
  duplicate_item: 'This repeats item {first} of the list.',
  'duplicate_item:buckets': 'This is the same bucket as item {first} of the list.',
  unused: 'This has no effect here.',
  'unused:kms_id': 'The key has no effect: encryption of trace files is off.',
  unusual_format: 'This has an unusual form: check it.',
  'unusual_format:kms_id': 'This does not look like a KMS key ID: 8-4-4-4-12 lowercase letters and digits.',
  'unusual_format:bucket_location': 'This does not look like a region ID, such as cn-north-4.',
  'unusual_format:project_id': 'This does not look like a project ID: those have 32 characters.',
  'unusual_format:domain_id': 'This does not look like an account ID: those have 32 characters.',
  too_many_issues: '{more} more are not listed.',
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
  broken: 'a broken character ({codePoint})',
  unassigned: 'an unknown character ({codePoint})',
  fullWidth: 'the full-width {quoted}',
  foreign: '{quoted} ({codePoint})',
};

/** The types of the fields. */
export const expectedTypes = {
  string: 'text',
  boolean: 'true or false',
  integer: 'a whole number',
  object: 'an object',
  array: 'a list',
};

/** The types that a value was instead. */
export const actualTypes = {
  string: 'text',
  number: 'a number',
  fraction: 'a number that is not whole',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
  bigint: 'a BigInt',
  symbol: 'a symbol',
  function: 'a function',
  promise: 'a promise that must be awaited',
  unreadable: 'something that cannot be read',
  other: 'an object of the kind {kind}',
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
  is_organization_tracker: 'apply to the organization',
  management_event_selector: 'management trace selector',
  'management_event_selector.exclude_service': 'excluded services',
  obs_info: 'transfer to OBS',
  'obs_info.bucket_name': 'OBS bucket of the transfer',
  'obs_info.file_prefix_name': 'file prefix',
  'obs_info.is_obs_created': 'create a bucket',
  'obs_info.bucket_lifecycle': 'retention period',
  'obs_info.compress_type': 'compression type',
  'obs_info.is_sort_by_service': 'sort the path by cloud service',
  is_support_trace_files_encryption: 'encrypt trace files',
  kms_id: 'KMS key ID',
  is_support_validate: 'verify trace files',
  data_bucket: 'tracked bucket',
  'data_bucket.data_bucket_name': 'OBS bucket name of the tracked bucket',
  'data_bucket.data_event': 'operations to record',
  agency_name: 'cloud service agency',
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
  validation: 'The request has errors and was not sent.',
  auth: 'The request was not authenticated: check the access keys of the proxy and its clock, and that the base URL is that of a proxy, which signs.',
  forbidden: 'The request was refused: the account or its role lacks the permission.',
  not_found: 'There is no such thing at this address: check the region, the project ID and the base URL.',
  conflict: 'Something of that kind exists already.',
  throttled: 'Too many requests: wait, then try again.',
  rejected: 'The service refused the request.',
  unavailable: 'The service is not available. Do not repeat this request unchanged.',
  server: 'The service failed while it handled the request.',
  network: 'The server could not be reached: check the connection and the base URL.',
  timeout: 'There was no answer in time.',
  aborted: 'The request was cancelled.',
  outcome_unknown:
    'The request may have left, and its outcome is not known: look whether the tracker exists before you send it again.',
  bad_response: 'The answer is not one this service gives: check the base URL, and what stands in between.',
  proxy: 'The signing proxy refused the request.',
  internal: 'Something failed inside cts-tracker. The next call starts afresh; please report this.',
};

/** Parts of the messages of errors. */
export const errorPhrases = {
  unknownCode: ' ({code})',
  knownCode: ' {code}: {advice}',
  mayExist:
    ' The tracker may have been created, by this call or one before it: look whether it exists before you send it again.',
  noAnswer: ' If no request ever gets an answer, check that the proxy runs at the base URL and allows this page.',
  noHeaders: 'The headers for the request could not be had, so nothing was sent: its cause says why.',
  where: ' {where}: {message}',
  more: ' (+{count})',
};

/** By code of the service. */
export const serviceCodes = {
  'CTS.0001': 'IAM or OBS gave CTS an error. Check the agency, the bucket and the keys, then try again.',
  'CTS.0002': 'Not signed in, or no permission for this operation. Check the access keys and the IAM role.',
  'CTS.0003': 'The request body is empty or not valid. Check it with the validators.',
  'CTS.0004': 'The service could not write its data. Try again later.',
  'CTS.0005': 'The service could not read its data. Try again later.',
  'CTS.0012': 'The project ID is not valid. Take the one of this region from the page My Credentials.',
  'CTS.0013': 'No permission. Ask an administrator for a role with the CTS permissions.',
  'CTS.0056': 'The transfer to LTS could not be set up. Check LTS and its permissions, or leave it off.',
  'CTS.0100': 'CTS cannot be asked for its API versions.',
  'CTS.0200': 'No more trackers can be created. Delete one that is not needed, or ask for a larger quota.',
  'CTS.0201': 'The management tracker exists already; a region has only one. Change it instead of creating it.',
  'CTS.0202': 'The tracker type must be system or data.',
  'CTS.0203': 'The tracker name must have 1 to 32 characters and start with a letter or a digit.',
  'CTS.0204': 'The name of a management tracker can only be system.',
  'CTS.0205': 'The status of a tracker must be given: enabled or disabled.',
  'CTS.0206': 'A management tracker tracks no bucket. Leave data_bucket out, or create a data tracker.',
  'CTS.0207': 'The names system and system-trace are reserved. Choose another tracker name.',
  'CTS.0208': 'A tracker of this name exists already. Choose another name, or change that tracker.',
  'CTS.0209':
    'Another tracker records the same operations on this bucket already. Choose another bucket or other operations.',
  'CTS.0210': 'The name of the tracked bucket is missing. Enter data_bucket_name.',
  'CTS.0211': 'The OBS bucket does not exist. Check its name and region, or have CTS create it.',
  'CTS.0212': 'The tracked bucket of a tracker cannot be changed. Create another tracker.',
  'CTS.0213': 'The tracked bucket and the bucket of the transfer must not be the same. Choose another one.',
  'CTS.0214': 'The tracker does not exist. Check its name and the region.',
  'CTS.0215': 'The OBS bucket to be created exists already. Choose another name, or use the existing bucket.',
  'CTS.0216': 'The OBS bucket could not be created. Check its name, the quota of buckets and the permissions.',
  'CTS.0217':
    'The retention period of the bucket could not be set. Check its value, then turn to the service’s support.',
  'CTS.0218':
    'The file prefix has at most 64 characters: letters, digits, hyphens (-), underscores (_) and periods (.).',
  'CTS.0219': 'No operation to record is given. Choose READ, WRITE or both.',
  'CTS.0220': 'KMS is not supported here. Leave the encryption of trace files off.',
  'CTS.0221': 'The KMS key ID is missing. Enter it, or turn the encryption of trace files off.',
  'CTS.0222': 'The KMS key could not be checked. Check that it exists in this region, is enabled, and may be listed.',
  'CTS.0225': 'The operations to record must be READ, WRITE or both.',
  'CTS.0228': 'CTS is not a trusted service of the organization. Enable it in Organizations first.',
  'CTS.0229': 'The tracker of the organization exists already.',
  'CTS.0231':
    'The bucket name has 3 to 63 characters, only lowercase letters, digits, hyphens (-) and periods (.), and starts with a letter or a digit.',
  'CTS.0300': 'The traces could not be queried. Check the conditions, then try again.',
  'CTS.0400': 'A key event notification of this name exists already. Choose another name.',
  'CTS.0401': 'The operations of the key event notification are not valid. Check them.',
  'CTS.0402': 'The SMN topic of the key event notification does not exist. Check it.',
  'CTS.0403': 'The key event notification does not exist.',
  'CTS.0404': 'The key event notification could not be switched. Check whether its SMN topic exists.',
  'CTS.0407': 'No more key event notifications can be created. Delete one that is not needed.',
  'CTS.0410': 'The type of a key event notification can only be smn.',
  'CTS.0411': 'The name of the key event notification is not valid. Choose another name.',
  'OBS.NoSuchBucket': 'The OBS bucket does not exist. Check its name and region.',
  'APIGW.0101': 'The API does not exist at this address. Check the region and the endpoint.',
  'APIGW.0103': 'The API gateway failed. Try again later.',
  'APIGW.0104': 'The API gateway failed. Try again later.',
  'APIGW.0105': 'The API gateway failed. Try again later.',
  'APIGW.0106': 'The API gateway could not map the parameters of the request. Check the endpoint.',
  'APIGW.0201':
    'The API gateway did not accept the request: malformed, too large, or the service behind it did not answer. The status says which.',
  'APIGW.0202': 'The service behind the API gateway is not available. Try again later.',
  'APIGW.0203':
    'The service behind the API gateway did not answer in time. See whether the request took effect before you repeat it.',
  'APIGW.0204': 'The TLS connection was not accepted. Check the protocol version and the certificate.',
  'APIGW.0301':
    'The signature or token was not accepted. Check the access key, the secret key and the clock; after five failures the key is locked for five minutes.',
  'APIGW.0302': 'This user may not call the API. Check the account and its permissions.',
  'APIGW.0303': 'The signature of the application was not accepted. Check its key and secret.',
  'APIGW.0304': 'This application may not call the API.',
  'APIGW.0305': 'The credentials were not accepted. Check them.',
  'APIGW.0306': 'Access to the API is refused. Check the account’s permissions.',
  'APIGW.0307': 'The token must be renewed. Get a new one, then try again.',
  'APIGW.0308': 'Too many requests. Wait, then try again more slowly.',
  'APIGW.0310': 'The project is not available now. Check whether it is suspended, or use another one.',
  'APIGW.0311': 'The credentials of a debugging call were not accepted. Check them.',
  'APIGW.0401': 'The API gateway cannot tell the IP address of the caller. Turn to the service’s support.',
  'APIGW.0402': 'This IP address may not call the API. Call it from an allowed one.',
  'APIGW.0404': 'The API gateway may not reach the service behind it. Turn to the service’s support.',
  'APIGW.0501': 'The quota of calls is used up. Wait, or ask for a larger quota.',
  'APIGW.0502': 'The application is frozen. Check the balance of the account.',
  'APIGW.0601': 'The API gateway failed. Try again later.',
  'APIGW.0602': 'The API gateway could not read the request. Check its address and headers.',
  'APIGW.0605': 'The API gateway could not resolve the service’s address. Try again later.',
  'APIGW.0606': 'The API gateway failed. Try again later.',
  'APIGW.0607': 'The API gateway does not support the protocol. Use HTTPS.',
  'APIGW.0608': 'The API gateway failed. Try again later.',
  'APIGW.0609': 'The API gateway failed. Try again later.',
  'APIGW.0610':
    'No service is available behind the API gateway. See whether the request took effect before you repeat it.',
  'APIGW.0611': 'The API gateway failed. Try again later.',
  'APIGW.0612': 'The API gateway failed. Try again later.',
  'APIGW.0613': 'IAM is not available to the API gateway. Try again later.',
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
