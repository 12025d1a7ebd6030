// Help and messages in English.
const service = `Service (one of the first four)
  --base-url URL          a signing proxy, such as http://127.0.0.1:8788
  --region ID             the region's endpoint; requests are signed with the keys in the environment
  --endpoint URL          another endpoint; requests are signed in the same way
  --emulator              dry run: an emulator in this process that has the buckets and KMS keys named in the
                          file; nothing leaves this machine
  --project-id ID         default: HUAWEICLOUD_SDK_PROJECT_ID
  --domain-id ID          default: HUAWEICLOUD_SDK_DOMAIN_ID
  --timeout SECONDS       time limit of a request, including its retries (default: 30)`;
const input = `  --input FORMAT          ndjson, json or yaml (default: by file extension, or by the first line); a line of NDJSON
                          and a JSON document may have at most 64 MiB, a YAML document 4 MiB`;
const common = `  --json                  print one JSON object per line
  --locale LOCALE         en (default) or zh-CN
  -h, --help              show this help`;
const exits =
  'Exit codes: 0: success; 1: issues found; 2: wrong usage; 3: service or network error; 130: interrupted by Ctrl-C (143: by SIGTERM).';
const keys = `Environment variables
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK   access key and secret key (or CLOUD_SDK_AK, CLOUD_SDK_SK)
  HUAWEICLOUD_SDK_SECURITY_TOKEN           security token of temporary keys
  HUAWEICLOUD_SDK_PROJECT_ID, HUAWEICLOUD_SDK_DOMAIN_ID`;

export const en = {
  help: `Validates, checks and creates trackers of Huawei Cloud Trace Service (CTS).

  cts-tracker validate FILE...   Validate requests; nothing is sent
  cts-tracker check FILE         Check each bucket in a file with the service
  cts-tracker create FILE        Create each tracker in a file exactly once
  cts-tracker proxy              Run the signing proxy on this machine
  cts-tracker emulator           Run an emulator of the service on this machine
  cts-tracker doctor             Check the setup: Node.js, keys, clock, network, proxy

  cts-tracker COMMAND --help     Show the options of a command
  cts-tracker --version          Show the version

A file contains NDJSON (one request per line), JSON (one request or a list) or YAML.
${exits}`,

  'help.validate': `cts-tracker validate FILE... [options]

Validates the requests in files of any size. Use - for standard input. Nothing is sent.

  --kind KIND             createTracker (default), or checkBucket if each request is a bucket
${input}
  --warnings              also show warnings of valid requests
  --format FORMAT         text (default) or json, which is the same as --json
${common}

  cts-tracker validate trackers.ndjson
  cat buckets.yaml | cts-tracker validate - --input yaml --kind checkBucket

${exits}`,

  'help.check': `cts-tracker check FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [options]

Asks the service whether it can transfer traces to each bucket in a file. Invalid buckets are not sent.

${service}
Options
${input}
  --concurrency N         number of requests in flight (default: 4)
  --batch-size N          number of buckets per request (default: 20)
  -q, --quiet             show only buckets that failed
${common}

${keys}

${exits}`,

  'help.create': `cts-tracker create FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [options]

Creates each tracker in a file. If any request is invalid, nothing is sent.
Every request and its outcome are recorded in a journal. Run the command again to continue: trackers that were created
are skipped, failed requests are sent again, and requests with an unknown outcome are not.

${service}
Options
  --journal FILE          default: FILE.journal.ndjson; with --emulator: no journal
  --retry-unknown         send requests with an unknown outcome again; a tracker that exists is not created twice
  --any-target            accept journal records of another proxy, region or endpoint
  --concurrency N         number of requests in flight (default: 1)
${input}
  -q, --quiet             show only trackers that were not created
${common}

${keys}

Ctrl-C waits for the requests in flight; press it again to stop at once.
${exits}`,

  'help.proxy': `cts-tracker proxy (--region ID | --endpoint URL) [options]

Runs the signing proxy. It accepts requests without keys from web pages and scripts, and checks, signs and forwards them.

  --region ID             region whose endpoint receives the requests
  --endpoint URL          another endpoint that receives the requests
  --port PORT             default: 8788; 0 for any free port
  --host HOST             default: 127.0.0.1
  --allow-origin ORIGIN   origin of a web page that may use the proxy, such as http://localhost:5173; repeatable
  --allow-host HOST:PORT  additional host name that requests may use; repeatable
  --project ID            sign only for this project (default: HUAWEICLOUD_SDK_PROJECT_ID); repeatable
  --domain ID             sign only for this account (default: HUAWEICLOUD_SDK_DOMAIN_ID); repeatable
  --rate N                requests per minute that one client may send (default: no limit)
  --max-concurrent N      requests in flight (default: 256); one client has half of them, but at least 16
${common}

${keys}

The log goes to standard error, one JSON object per line. It contains no keys, headers or bodies.`,

  'help.emulator': `cts-tracker emulator [options]

Runs an emulator of the service on this machine. It verifies signatures and accepts its own sample keys.

  --port PORT             default: 8789; 0 for any free port
  --host HOST             default: 127.0.0.1
  --latency MS            delay of every response in milliseconds
  --fault FAULT           fault of the next request, such as "429; retry-after=5"; repeatable, in order
${common}`,

  'help.doctor': `cts-tracker doctor [options]

Checks what the other commands need, and says how to fix what is missing. Values of variables are never shown.

  --region ID             region whose endpoint is checked
  --endpoint URL          endpoint that is checked instead
  --base-url URL          signing proxy that is checked (default: http://127.0.0.1:8788)
  --offline               do not use the network
${common}

Exit codes: 0: success; 1: a problem on this machine; 2: wrong usage; 3: service or network error.`,

  error: 'error',
  warning: 'warning',
  request: '(request)',
  comma: ', ',
  stopped: 'Stopped',
  internal: 'Internal error of cts-tracker: {reason}',

  'usage.seeHelp': 'See: cts-tracker{command} --help',
  'usage.command': 'Unknown command: {command}',
  'usage.commandFirst': 'The command must come before the options.',
  'usage.file': 'No file given. Name one or more files, or use - for standard input.',
  'usage.oneFile': 'Name exactly one file, or use - for standard input.',
  'usage.noFiles': '{command} takes no file.',
  'usage.oneOf': '{option} must be one of: {values}',
  'usage.number': '{option} must be an integer from {min} to {max}.',
  'usage.baseUrl': '--base-url must be an http: or https: URL without user, password, query or fragment.',
  'usage.noService':
    'No service given. Use --base-url for a signing proxy, --region with keys in the environment, or --emulator for a dry run.',
  'usage.oneService': 'Use only one of these options: {options}',
  'usage.noId': 'Missing ID: use {option}, or set {variable}.',
  'usage.badId': '{option}: {reason}',

  'file.missing': 'File not found: {path}',
  'file.directory': '{path} is a directory, not a file.',
  'file.denied': 'No permission to read {path}',
  'file.unreadable': 'Cannot read {path} ({code}).',
  'file.large': '{path} is larger than {max} MiB. Split it into several files; only validate reads NDJSON of any size.',
  'file.utf8': '{path} is not UTF-8. Save it as UTF-8.',
  'file.empty': '{path} contains no requests.',
  'file.oneJsonText': 'This looks like a single JSON text, not one request per line. Try --input json.',
  'file.duplicate': 'Tracker {name} is already in the file, at {first}. Remove one of the two.',
  'file.longLine': '{path} has a line that is longer than {max} MiB. NDJSON has one request per line.',
  'yaml.broken': 'Invalid YAML: {reason}',
  'yaml.deep': 'more than {max} levels',
  'yaml.aliases': 'aliases stand for more than {max} values',
  'yaml.twice': 'the key {key} occurs twice',

  'credentials.missing':
    'Keys not set: {names}. Set both in the environment, or use --base-url with a proxy that has the keys.',

  'validate.buckets': 'These look like buckets to check. Try --kind checkBucket.',
  'validate.summary': '{lines} checked: {valid} valid, {invalid} invalid, {warned} with warnings',

  'check.progress': 'Checking buckets',
  'check.passed': 'ok',
  'check.failed': 'failed',
  'check.unreachable': 'unknown',
  'check.summary': '{passed} ok, {failed} failed, {unreachable} unknown, {invalid} invalid, {unchecked} not checked',

  'create.progress': 'Creating trackers',
  'create.created': 'created',
  'create.skipped': 'skipped',
  'create.exists': 'exists',
  'create.failed': 'failed',
  'create.unknown': 'unknown',
  'create.changed': 'created earlier; later changes to the request have no effect',
  'create.existsNow': 'the tracker exists; the earlier request with an unknown outcome most likely created it',
  'create.notResent': 'an earlier request may have created it; not sent again',
  'create.nothingSent': 'Nothing was sent: {invalid} invalid.',
  'create.stdinJournal': 'Standard input needs a named journal: use --journal FILE',
  'create.summary':
    '{created} created, {skipped} skipped (created earlier), {exists} already existed, {failed} failed, {unknown} unknown',
  'create.stopped':
    '{left} not sent, because they would fail for the same reason: {reason} Fix the problem and run the command again.',
  'create.interrupted': '{left} not sent: interrupted. Run the command again to continue.',
  'create.unknownHint':
    'Trackers with an unknown outcome may exist. Check the list of trackers, or use --retry-unknown to send the requests again.',
  'create.journal': 'Keep the journal; it records what was already created: {path}',

  'journal.locked':
    'Another create command is using this journal (process {pid} on {host}). If that process has ended, wait {seconds} s and try again; the lock is {path}.',
  'journal.lost': 'Another create command has taken over the lock {path}. Nothing more is sent.',
  'journal.notFile': '{path} is {what}, not a regular file. Nothing was sent. Use --journal to name another file.',
  'journal.link': 'a symbolic link',
  'journal.folder': 'a directory',
  'journal.pipe': 'a named pipe',
  'journal.socket': 'a socket',
  'journal.device': 'a device',
  'journal.foreign': '{path} is not a journal of cts-tracker create. Use --journal to name another file.',
  'journal.damaged':
    'Cannot read line {line} of the journal {path}. Nothing was sent, because it is not known what was created.',
  'journal.unwritable': 'Cannot write the journal {path} ({code}). Nothing is sent without a journal.',
  'journal.elsewhere':
    'According to the journal {path}, trackers in this file were sent to {targets}, not to {target}. Use another --journal, or --any-target if both are the same service.',

  'listen.taken': 'Port {port} is already in use. Stop the other program, or choose another --port.',
  'listen.denied': 'No permission to use port {port}. Choose a --port above 1023.',
  'listen.host': '{host} is not an address of this machine. Check --host.',
  'listen.failed': 'Cannot listen on {host}, port {port} ({code}).',

  'proxy.upstream': 'Use either --region or --endpoint.',
  'proxy.keys':
    'Keys not set: {names}. Set both in the environment. For a test, use the sample keys of cts-tracker emulator.',
  'proxy.ready': 'Signing proxy: {url} (forwards to {upstream})',
  'proxy.projects': 'Signs only for project {projects}',
  'proxy.anyProject': 'Signs for any project of these keys. Use --project to restrict it.',
  'proxy.noOrigin': 'Web pages of other origins cannot use the proxy. Use --allow-origin to allow one.',
  'proxy.exposed': 'Listening on {host}: anyone who can reach it can create trackers with your keys.',

  'emulator.ready': 'Emulator: {url}',
  'emulator.keys': 'It accepts these sample keys. They are public; the real service does not accept them:',
  'emulator.try': 'Set them in another terminal and run: cts-tracker proxy --endpoint {url}',

  'doctor.ok': 'ok',
  'doctor.warn': 'note',
  'doctor.fail': 'FAIL',
  'doctor.skip': '-',
  'doctor.node': 'Node.js {version}',
  'doctor.nodeOld': 'Node.js {version} is too old. Install version {oldest} or later.',
  'doctor.wasm': 'Both WebAssembly modules of cts-tracker {version} work.',
  'doctor.wasmFails': 'WebAssembly does not start ({reason}). Reinstall the package, and allow WebAssembly.',
  'doctor.keys': 'Both keys are set.',
  'doctor.keysTemporary': 'Both keys and a security token are set.',
  'doctor.keysHalf': 'Only one of the two keys is set. Also set {names}.',
  'doctor.keysNone': 'No keys are set. To sign requests, set {names}; a proxy or the emulator does not need them here.',
  'doctor.keysSpaced': '{names}: the value starts or ends with white space. Remove it.',
  'doctor.ids': 'Project ID and account ID are set.',
  'doctor.idsMissing': 'Not set: {names}. Set them, or use --project-id with create and --domain-id with check.',
  'doctor.noRegion': 'Not checked. Use --region.',
  'doctor.region': 'The endpoint of {region} is {upstream}',
  'doctor.regionUnknown': 'Invalid region or endpoint: {reason}',
  'doctor.offline': 'Not checked: --offline.',
  'doctor.unreachable': 'Cannot reach {upstream} ({reason}). Check the network, the firewall and the region.',
  'doctor.noDate': '{upstream} sent no date, so the clock was not checked.',
  'doctor.clock': 'The clock differs from that of the service by {seconds} s.',
  'doctor.clockSkew':
    'The clock differs from that of the service by {seconds} s. Set it with NTP; above 15 minutes, signatures are refused.',
  'doctor.proxy': 'A signing proxy is running at {url}',
  'doctor.proxyOther': 'The server at {url} is not a signing proxy (status {status}). Check --base-url.',
  'doctor.proxyDown': 'No response from {url} ({reason}). Start cts-tracker proxy, or check --base-url.',
  'doctor.proxyNone': 'No signing proxy is running at {url}. Start one with cts-tracker proxy.',
};
