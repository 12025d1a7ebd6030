// Help in English.
import { emulatorBuckets, emulatorKeys, emulatorLocation } from '../generated/metadata.js';

const ways = `  --base-url URL          a signing proxy, such as http://127.0.0.1:8788
  --region ID             the region's endpoint; requests are signed with the keys in the environment
  --endpoint URL          another endpoint; requests are signed in the same way`;
const project = `  --project-id ID         default: HUAWEICLOUD_SDK_PROJECT_ID`;
const service = `Service (one of the first four)
${ways}
  --emulator              dry run: an emulator in this process that has the buckets and KMS keys named in the
                          file; nothing leaves this machine
${project}
  --domain-id ID          default: HUAWEICLOUD_SDK_DOMAIN_ID
  --timeout SECONDS       time limit of a request, including its retries (default: 30)`;
const input = `  --input FORMAT          ndjson, json or yaml (default: by file extension, or by the content); a line of NDJSON
                          and a JSON document may have at most 64 MiB, a YAML document 4 MiB`;
const allowUnknown = `  --allow-unknown         send requests without their unknown keys, also if a key looks like a misspelt one`;
const common = `  --json                  print one JSON object per line
  --locale LOCALE         en (default) or zh-CN
  -h, --help              show this help`;
const exits =
  'Exit codes: 0: success; 1: issues found; 2: wrong usage; 3: service or network error; 130: interrupted by Ctrl-C (143: by SIGTERM).';
const keys = `Environment variables
  HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK   access key and secret key (or CLOUD_SDK_AK, CLOUD_SDK_SK)
  HUAWEICLOUD_SDK_SECURITY_TOKEN           security token of temporary keys
  HUAWEICLOUD_SDK_AK_FILE, HUAWEICLOUD_SDK_SK_FILE, HUAWEICLOUD_SDK_SECURITY_TOKEN_FILE
                                           files with them, such as mounted secrets; the proxy reads them again
                                           every minute
  HUAWEICLOUD_SDK_PROJECT_ID, HUAWEICLOUD_SDK_DOMAIN_ID
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY        forward proxies, and hosts that are reached without one`;

export const help = {
  help: `Validates, checks and creates trackers of Huawei Cloud Trace Service (CTS).

  cts-tracker validate FILE...   Validate requests; nothing is sent
  cts-tracker check FILE         Check each bucket in a file with the service
  cts-tracker create FILE        Create each tracker in a file exactly once
  cts-tracker list               List the trackers of a project
  cts-tracker proxy              Run the signing proxy on this machine
  cts-tracker emulator           Run an emulator of the service on this machine
  cts-tracker doctor             Check the setup: Node.js, keys, clock, network, proxy, project

  cts-tracker COMMAND --help     Show the options of a command
  cts-tracker --version          Show the version

A file contains NDJSON (one request per line), JSON (requests one after another, or in a list) or YAML.
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

Asks the service whether it can transfer traces to each bucket in a file. Invalid buckets are not sent. If a bucket has a
misspelt key, nothing is sent.

${service}
Options
${input}
  --concurrency N         number of requests in flight (default: 4)
  --batch-size N          number of buckets per request (default: 20)
${allowUnknown}
  -q, --quiet             show only buckets that failed
${common}

${keys}

${exits}`,

  'help.create': `cts-tracker create FILE (--base-url URL | --region ID | --endpoint URL | --emulator) [options]

Creates each tracker in a file. If any request is invalid or has a misspelt key, nothing is sent. A tracker that exists
already is reported as such (exit code 1), and not changed.
Every request and its outcome are recorded in a journal. Run the command again to continue: trackers that were created
are skipped, failed requests are sent again, and requests with an unknown outcome are not.
At its end and in the next run, create looks up each tracker whose outcome is unknown, for up to --timeout. A proxy must
allow this (--allow-lookup). The result is created, existed (before the request), differs (in the named fields), or not
seen.

${service}
Options
  --journal FILE          default: FILE.journal.ndjson; with --emulator: no journal
  --retry-unknown         send requests again whose tracker was not seen, or not looked up; a tracker that exists is
                          not created twice
  --any-target            accept journal records of another proxy, region or endpoint
${allowUnknown}
  --concurrency N         number of requests in flight (default: 1)
${input}
  -q, --quiet             show only trackers that were not created
${common}

${keys}

Ctrl-C waits for the requests in flight; press it again to stop at once.
${exits}`,

  'help.list': `cts-tracker list (--base-url URL | --region ID | --endpoint URL) [options]

Lists the trackers of a project. A proxy must allow this (--allow-lookup).

Service (one of the first three)
${ways}
${project}
  --timeout SECONDS       time limit of the request, including its retries (default: 30)
Options
  --type TYPE             only trackers of this type: system or data
  --name NAME             only the tracker of this name
${common}

${keys}

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
  --allow-lookup          allow lists of trackers, for listTrackers and resolveCreation
  --metrics               counters at /-/metrics, in the text format of Prometheus
  --allow-faults          forward x-emulator-fault, for tests with an emulator at --endpoint
${common}

${keys}

The log goes to standard error, one JSON object per line. A line about a request has the request ID of its response. The
log contains no keys and no bodies.`,

  'help.emulator': `cts-tracker emulator [options]

Runs an emulator of the service on this machine. It verifies signatures and accepts its own sample keys.
These buckets exist: ${emulatorBuckets.join(', ')}, all in ${emulatorLocation}.
These KMS keys exist: ${emulatorKeys.join(', ')}.

  --port PORT             default: 8789; 0 for any free port
  --host HOST             default: 127.0.0.1
  --bucket NAME@REGION    another bucket that exists, such as audit@cn-north-4; repeatable
  --kms-key ID            another KMS key that exists; repeatable
  --latency MS            delay of every response in milliseconds
  --fault FAULT           fault of the next request, such as "429; retry-after=5"; repeatable, in order
${common}`,

  'help.doctor': `cts-tracker doctor [options]

Checks what the other commands need, and says how to fix what is missing. Values of variables are never shown.

  --region ID             region whose endpoint is checked
  --endpoint URL          endpoint that is checked instead
  --base-url URL          signing proxy that is checked (default: http://127.0.0.1:8788)
  --project-id ID         project whose trackers are listed, which proves keys, clock, region and project
                          (default: HUAWEICLOUD_SDK_PROJECT_ID)
  --offline               do not use the network
${common}

Exit codes: 0: success; 1: a problem on this machine; 2: wrong usage; 3: service or network error.`,
};
