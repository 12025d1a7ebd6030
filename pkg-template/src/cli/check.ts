// cts-tracker check: asks the service about every bucket of a file.
import type { CheckedBucket } from '../client/types.js';
import type { CheckBucketRequest } from '../validation/wire.js';
import { CliError, EXIT } from './cli-error.js';
import { type Cell, type Colour, createColumns } from './columns.js';
import { type Command, type Context, command, onlyFile, type Shell } from './command.js';
import { accountForBuckets } from './dry-run.js';
import { type ErrorText, errorText, sentencesOf, shorten } from './error-text.js';
import { openInput } from './input.js';
import { ALLOW_UNKNOWN, INPUT, SERVICE } from './options.js';
import { createReport, placeOf } from './problems.js';
import { BUCKETS } from './request-kind.js';
import { clockNotes, openService, type Service } from './service.js';
import { refuseUnknown, validateFile } from './validate-file.js';

const OPTIONS = {
  ...INPUT,
  ...SERVICE,
  ...ALLOW_UNKNOWN,
  concurrency: { type: 'string', default: '4', range: [1, 64] },
  'batch-size': { type: 'string', default: '20', range: [1, 200] },
} as const;

export const check: Command = command({
  options: OPTIONS,
  takesFiles: true,
  async run(context) {
    const { values, output, t, signal } = context;
    const path = onlyFile(context);
    const service = await openService(context, 'domainId');
    const input = await openInput(path, values.input, t);
    const options = { kind: BUCKETS, report: createReport(context), showWarnings: true, keep: true };
    const { requests, invalid, misspelt } = await validateFile(context, input, options);
    if (misspelt > 0 && !values['allow-unknown'] && !signal.aborted) return refuseUnknown(context, 'check', misspelt);
    const buckets = requests.map(({ value }) => value);
    service.startEmulator?.(accountForBuckets(buckets));

    const { results, error } = await checkBuckets(context, service, buckets);
    const counts = { checked: 0, passed: 0, failed: 0, unreachable: 0, invalid, unchecked: 0 };
    const rows: Cell[][] = [];
    const objects: object[] = [];
    for (const [i, request] of requests.entries()) {
      const result = results[i];
      if (!result) {
        counts.unchecked += 1;
        continue;
      }
      const { outcome, error_code, response_code, kind, ...text } = readResult(context, result);
      counts[outcome] += 1;
      if (outcome !== 'unreachable') counts.checked += 1;
      const { line, item, value } = request;
      const bucket = { bucket_name: value.bucket_name, bucket_location: value.bucket_location };
      const found = { outcome, error_code, ...text, response_code, kind };
      objects.push({ type: 'bucket', file: input.name, line, item, ...bucket, ...found });
      if (values.quiet && outcome === 'passed') continue;
      const detail = [error_code ?? kind, sentencesOf(text, t)].filter(Boolean).join('  ');
      const state = { text: t(`check.${outcome}`), colour: COLOURS[outcome] };
      rows.push([placeOf(input.name, request), state, ...Object.values(bucket), detail]);
    }

    await output.lines(createColumns([18, 8, 24, 12])(rows));
    await output.objects(objects);
    const summary = { command: 'check', ...counts, interrupted: signal.aborted };
    const notes = [t('check.summary', counts), ...clockNotes(service, t)];
    await output.summary({ ...summary, clock_offset_ms: service.clock.offsetMs || undefined }, notes);
    if (error) throw new CliError(sentencesOf(errorText(error), t), { exit: EXIT.service, code: error.kind });
    if (counts.unreachable > 0) return EXIT.service;
    return counts.failed + counts.invalid > 0 ? EXIT.issues : EXIT.ok;
  },
});

/** After an error or an interruption, `results` has those that arrived before. */
async function checkBuckets(
  { values, output, t, core, signal }: Context<typeof OPTIONS>,
  { client }: Service,
  buckets: readonly CheckBucketRequest[],
) {
  const progress = output.startProgress(t('check.progress'), buckets.length);
  try {
    const results: (CheckedBucket | undefined)[] = await client.checkBuckets(buckets, {
      concurrency: values.concurrency,
      batchSize: values['batch-size'],
      // Validated already; and each result then has the object of `buckets` as its request.
      validate: false,
      signal,
      onProgress: (state) => progress.update(state),
    });
    return { results };
  } catch (error) {
    if (!core.isCtsError(error)) throw error;
    const checked = new Map(error.checked?.map((result) => [result.request, result]));
    const results = buckets.map((bucket) => checked.get(bucket));
    return signal.aborted ? { results } : { results, error };
  } finally {
    output.endProgress();
  }
}

const COLOURS: Readonly<Record<BucketResult['outcome'], Colour>> = {
  passed: 'green',
  failed: 'red',
  unreachable: 'yellow',
};

interface BucketResult extends ErrorText {
  readonly outcome: 'passed' | 'failed' | 'unreachable';
  readonly error_code?: string | undefined;
  readonly response_code?: number | undefined;
  readonly kind?: string;
}

function readResult({ core, locale }: Shell, { result, error }: CheckedBucket): BucketResult {
  if (error) return { outcome: 'unreachable', error_code: error.errorCode, kind: error.kind, ...errorText(error) };
  const { success, error_code, error_message: sentence, response_code } = result.check_bucket_response ?? {};
  if (success === true) return { outcome: 'passed', response_code };
  // The service has the same sentence for every failure, so the meaning of the code says more.
  const message = core.formatServiceCode(error_code ?? '', locale);
  return { outcome: 'failed', error_code, message, error_msg: sentence && shorten(sentence), response_code };
}
