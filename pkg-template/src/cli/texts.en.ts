// The command line's own texts. What is wrong with a request is said by the package.
const service = `The service
  --base-url URL          through a signing proxy, such as http://127.0.0.1:8788
  --region ID             directly, signed with the keys in the environment
  --endpoint URL          the same, where the endpoint is not that of a region
  --emulator              a rehearsal: an emulator in this process, which has the buckets and the KMS keys
                          that the file names; nothing leaves the machine
  --project-id ID         otherwise HUAWEICLOUD_SDK_PROJECT_ID
  --domain-id ID          otherwise HUAWEICLOUD_SDK_DOMAIN_ID
  --timeout SECONDS       of one call, with its tries (30)`;
const input = `  --input FORMAT          ndjson, json or yaml; otherwise the name of the file tells, or its first line`;
const common = `  --json                  for machines: one JSON object a line on standard output
  --locale LOCALE         en (default) or zh-CN
  -h, --help`;
const exits =
  'Ends with 0: fine, 1: issues found, 2: misuse, 3: the service or the network, 130: interrupted by Ctrl-C (143: by SIGTERM).';
const keys = `Environment
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK   the keys (or CLOUD_SDK_AK, CLOUD_SDK_SK)
  HUAWEICLOUD_SDK_SECURITY_TOKEN           for temporary keys
  HUAWEICLOUD_SDK_PROJECT_ID, HUAWEICLOUD_SDK_DOMAIN_ID`;

export default {
  help: `Validates, checks and creates trackers of Huawei Cloud's Cloud Trace Service (CTS).

  cts-tracker validate FILE...   judge requests; sends nothing
  cts-tracker check FILE         ask the service about each bucket of a file
  cts-tracker create FILE        create each tracker of a file, none twice
  cts-tracker proxy              run the signing proxy on this machine
  cts-tracker emulator           run an emulator of the service on this machine
  cts-tracker doctor             find out what is missing

  cts-tracker COMMAND --help     what a command takes
  cts-tracker --version

Files hold NDJSON (one request a line), JSON (a request, or a list of them) or YAML.
${exits}`,

  'help.validate': `cts-tracker validate FILE... [options]

Judges requests, files of any size; - is standard input. Nothing is sent.

  --kind KIND             createTracker (default), or checkBucket: each request is one bucket
${input}
  --warnings              show warnings, too; they do not make a request invalid
  --format FORMAT         text (default) or json, which is --json
${common}

  cts-tracker validate trackers.ndjson
  cat buckets.yaml | cts-tracker validate - --input yaml --kind checkBucket

${exits}`,

  'help.check': `cts-tracker check FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [options]

Asks the service whether it can transfer traces to each bucket of a file. Buckets that are not valid are not sent.

${service}
Options
${input}
  --concurrency N         requests under way at once (4)
  --batch-size N          buckets a request (20)
  -q, --quiet             show only what failed
${common}

${keys}

${exits}`,

  'help.create': `cts-tracker create FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [options]

Creates each tracker of a file. If any request is not valid, nothing is sent.
What is begun and what came of it is written to a journal first. When the command is run again, trackers that were
created are skipped, those that failed are tried again, and those of which the outcome is unknown are not sent again.

${service}
Options
  --journal FILE          otherwise FILE.journal.ndjson; none with --emulator
  --retry-unknown         send those again whose outcome is unknown; if the tracker is there, it is not made twice
  --any-target            heed what the journal says of another proxy or region, too
  --concurrency N         calls under way at once (1)
${input}
  -q, --quiet             show only what was not created
${common}

${keys}

On Ctrl-C the call under way is finished; a second Ctrl-C does not wait.
${exits}`,

  'help.proxy': `cts-tracker proxy (--region ID | --endpoint URL) [options]

Runs the signing proxy: pages and scripts send requests without keys, the proxy checks, signs and forwards them.

  --port PORT             (8788; 0: any that is free)
  --host HOST             (127.0.0.1)
  --allow-origin ORIGIN   of a page that may use it, such as http://localhost:5173; may be given again
  --allow-host HOST:PORT  a name it may be called by, besides its own; may be given again
  --project ID            the only project to sign for (otherwise HUAWEICLOUD_SDK_PROJECT_ID); may be given again
  --domain ID             the only account to sign for (otherwise HUAWEICLOUD_SDK_DOMAIN_ID); may be given again
${common}

${keys}

What happens is logged to standard error, a JSON object a line; no key, no header and no body is in it.`,

  'help.emulator': `cts-tracker emulator [options]

Runs an emulator of the two endpoints on this machine. It checks signatures, and takes its own sample keys.

  --port PORT             (8789; 0: any that is free)
  --host HOST             (127.0.0.1)
  --latency MS            every answer comes so much later
  --fault FAULT           what goes wrong, in order, such as "429; retry-after=5"; may be given again
${common}`,

  'help.doctor': `cts-tracker doctor [options]

Looks whether what the other commands need is there, and says what to do where it is not. Shows no value of a variable.

  --region ID             look at the service in this region
  --endpoint URL          or at this endpoint
  --base-url URL          where the signing proxy should be (http://127.0.0.1:8788)
  --offline               leave the network alone
${common}

Ends with 0: fine, 1: something here is wrong, 2: misuse, 3: the service or the network.`,

  error: 'error',
  warning: 'warning',
  whole: '(request)',
  comma: ', ',
  stopped: 'Stopped',
  internal: 'This is a fault of cts-tracker itself: {reason}',

  'usage.seeHelp': 'See: cts-tracker{command} --help',
  'usage.command': 'There is no command {command}.',
  'usage.commandFirst': 'The command comes first, then its options.',
  'usage.file': 'Which file? Name one or more, or - for standard input.',
  'usage.oneFile': 'Name one file, or - for standard input.',
  'usage.noFiles': '{command} takes no file.',
  'usage.oneOf': '{option} is one of: {values}',
  'usage.number': '{option} is a whole number from {least} to {most}.',
  'usage.baseUrl': '--base-url is an http: or https: URL without user, password, query and fragment.',
  'usage.noService':
    'Where is the service? Give --base-url (a signing proxy), --region (with keys in the environment), or --emulator to rehearse.',
  'usage.oneService': 'Only one of these can hold: {options}',
  'usage.noId': 'Give {option}, or set {variable}.',
  'usage.badId': '{option}: {reason}',

  'file.missing': '{path}: there is no such file.',
  'file.directory': '{path} is a folder, not a file.',
  'file.denied': '{path}: no permission to read it.',
  'file.unreadable': '{path} cannot be read ({code}).',
  'file.large': '{path} is too large for this: at most {max} MiB. Split it; validate takes NDJSON of any size.',
  'file.utf8': '{path} is not UTF-8: save it as UTF-8.',
  'file.empty': '{path} has no request in it.',
  'file.oneText': 'This looks like one JSON text, not a request a line: --input json reads it as such.',
  'file.repeated': 'The file has tracker {name} already, at {first}: remove one of them.',
  'yaml.broken': 'This is not valid YAML: {reason}',

  'credentials.missing':
    'The environment has no {names}. Set both keys, or use --base-url to go through a proxy that has them.',

  'validate.buckets': 'These look like buckets to check: --kind checkBucket judges them as such.',
  'validate.summary': '{lines} judged: {valid} valid, {invalid} invalid, {warned} with warnings',

  'check.progress': 'Checking buckets',
  'check.passed': 'ok',
  'check.failed': 'failed',
  'check.unreachable': 'unknown',
  'check.summary':
    '{passed} ok, {failed} failed, {unreachable} could not be asked about, {invalid} invalid, {unchecked} not checked',

  'create.progress': 'Creating trackers',
  'create.created': 'created',
  'create.skipped': 'skipped',
  'create.exists': 'exists',
  'create.failed': 'failed',
  'create.unknown': 'unknown',
  'create.changed': 'created earlier; the request has been changed since, which changes nothing now',
  'create.existsNow': 'the tracker is there: most likely the try whose outcome was unknown made it',
  'create.notResent': 'an earlier try may have created it; not sent again',
  'create.nothingSent': 'Nothing was sent: {invalid} not valid.',
  'create.stdinJournal': 'For requests from standard input, name the journal: --journal FILE',
  'create.summary':
    '{created} created, {skipped} skipped (created earlier), {exists} there already, {failed} failed, {unknown} unknown',
  'create.stopped':
    '{left} not begun: they would fail in the same way. {reason} Run the command again when that is mended.',
  'create.interrupted': '{left} not begun: interrupted. Run the command again to go on.',
  'create.unknownHint':
    'Unknown means that a tracker may be there. Look at the list of trackers; --retry-unknown sends those requests again.',
  'create.journal': 'Journal: {path}',

  'journal.locked': 'Another create uses this journal. If none does, delete {path} and try again.',
  'journal.foreign': '{path} is not a journal of cts-tracker create: name another one with --journal.',
  'journal.damaged':
    'Line {line} of the journal {path} cannot be read, so what was created is not known: nothing was sent.',
  'journal.unwritable': 'The journal {path} cannot be written ({code}): without it nothing is sent.',
  'journal.elsewhere':
    'By the journal {path} trackers of this file were sent to {targets}, not to {target}. Name another --journal, or give --any-target if that is the same place.',

  'listen.taken': 'Port {port} is in use: end the program that uses it, or choose another with --port.',
  'listen.denied': 'Port {port} may not be used: choose one above 1023 with --port.',
  'listen.host': '{host} is no address of this machine: see --host.',
  'listen.failed': 'Cannot listen on {host}, port {port} ({code}).',

  'proxy.upstream': 'Give either --region or --endpoint.',
  'proxy.keys': 'The environment has no {names}. Set both keys; cts-tracker emulator has sample keys to try it with.',
  'proxy.ready': 'Signing proxy: {url} (to {upstream})',
  'proxy.projects': 'Signs for project {projects}',
  'proxy.anyProject': 'Signs for any project of these keys: --project limits it',
  'proxy.noOrigin': 'No page of another origin can use it: allow one with --allow-origin',
  'proxy.exposed': 'It listens on {host}: whoever reaches it can create trackers with your keys',

  'emulator.ready': 'Emulator: {url}',
  'emulator.keys': 'It takes these sample keys; they are public, and no real service takes them:',
  'emulator.try': 'With them set in another terminal: cts-tracker proxy --endpoint {url}',

  'doctor.ok': 'ok',
  'doctor.warn': 'note',
  'doctor.fail': 'FAIL',
  'doctor.skip': '-',
  'doctor.node': 'Node {version}.',
  'doctor.nodeOld': 'Node {version} is too old: install version {oldest} or later.',
  'doctor.wasm': 'Both WebAssembly modules of cts-tracker {version} start.',
  'doctor.wasmFails': 'The WebAssembly does not start ({reason}): install the package anew, and allow WebAssembly.',
  'doctor.keys': 'Both keys are in the environment.',
  'doctor.keysTemporary': 'Both keys and a security token are in the environment.',
  'doctor.keysHalf': 'The environment has one key but not the other: set {missing}.',
  'doctor.keysNone':
    'The environment has no keys: set {names} to sign requests here; a proxy or the emulator needs none.',
  'doctor.keysSpaced': '{names}: there is a space or a line break before or after the value. Set it anew without.',
  'doctor.ids': 'Project and account ID are in the environment.',
  'doctor.idsMissing':
    'Not in the environment: {names}. Set them, or give --project-id to create and --domain-id to check.',
  'doctor.noRegion': 'Not looked at: give --region.',
  'doctor.region': '{region} is at {upstream}.',
  'doctor.regionUnknown': 'This cannot be used: {reason}',
  'doctor.offline': 'Not looked at: --offline.',
  'doctor.unreachable': '{upstream} cannot be reached ({reason}): look at the network, the firewall and the region.',
  'doctor.noDate': '{upstream} tells no time, so the clock could not be compared.',
  'doctor.clock': 'This clock and that of the service are {seconds} s apart.',
  'doctor.clockSkew':
    'This clock is {seconds} s off that of the service: set it by NTP. From 15 minutes on no signature is taken.',
  'doctor.proxy': 'A signing proxy answers at {url}.',
  'doctor.proxyOther': 'What answers at {url} is no signing proxy (status {status}): look at --base-url.',
  'doctor.proxyDown': 'Nothing answers at {url} ({reason}): start it with cts-tracker proxy, or look at --base-url.',
  'doctor.proxyNone': 'No signing proxy runs at {url}; cts-tracker proxy starts one.',
};
