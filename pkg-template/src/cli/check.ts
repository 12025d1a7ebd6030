// cts-tracker check: asks the service about every bucket of a file.
import type { CheckedBucket } from '../client/types.js';
import type { CheckBucketRequest } from '../validation/wire.js';
import { CliError, EXIT } from './cli-error.js';
import { createColumns } from './columns.js';
import { type Command, type Context, command, onlyFile } from './command.js';
import { accountForBuckets } from './dry-run.js';
import { openInput } from './input.js';
import { INPUT, SERVICE } from './options.js';
import { createReport, placeOf } from './problems.js';
import { BUCKETS } from './request-kind.js';
import { openService, type Service } from './service.js';
import { validateFile } from './validate-file.js';

const OPTIONS = {
  ...INPUT,
  ...SERVICE,
  concurrency: { type: 'string', default: '4', range: [1, 64] },
  'batch-size': { type: 'string', default: '20', range: [1, 200] },
} as const;

export const check: Command = command({
  options: OPTIONS,
  takesFiles: true,
  async run(context) {
    const { values, output, t, core, locale, signal } = context;
    const path = onlyFile(context);
    const service = await openService(context, 'domainId');
    const input = await openInput(path, values.input, t);
    const options = { kind: BUCKETS, report: createReport(context), keep: true };
    const { requests, invalid } = await validateFile(context, input, options);
    const buckets = requests.map(({ value }) => value);
    service.startEmulator?.(accountForBuckets(buckets));

    const { results, error } = await checkBuckets(context, service, buckets);
    const counts = { checked: 0, passed: 0, failed: 0, unreachable: 0, invalid, unchecked: 0 };
    const rows: string[][] = [];
    const objects: object[] = [];
    for (const [i, request] of requests.entries()) {
      const result = results[i];
      if (!result) {
        counts.unchecked += 1;
        continue;
      }
      const { outcome, error_code, message, response_code, kind } = readResult(result);
      counts[outcome] += 1;
      if (outcome !== 'unreachable') counts.checked += 1;
      const { line, item, value } = request;
      const bucket = { bucket_name: value.bucket_name, bucket_location: value.bucket_location };
      const found = { outcome, error_code, message, response_code, kind };
      objects.push({ type: 'bucket', file: input.name, line, item, ...bucket, ...found });
      if (values.quiet && outcome === 'passed') continue;
      // The service has the same message for every failure, so the meaning of the code says more.
      const meaning = outcome === 'failed' ? core.formatServiceCode(error_code ?? '', locale) : undefined;
      const detail = [error_code ?? kind, meaning ?? message].filter(Boolean).join('  ');
      rows.push([placeOf(input.name, request), t(`check.${outcome}`), ...Object.values(bucket), detail]);
    }

    await output.lines(createColumns([18, 8, 24, 12])(rows));
    await output.objects(objects);
    await output.summary({ command: 'check', ...counts, interrupted: signal.aborted }, [t('check.summary', counts)]);
    if (error) throw new CliError(error.message, { exit: EXIT.service, code: error.kind });
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

interface BucketResult {
  readonly outcome: 'passed' | 'failed' | 'unreachable';
  readonly error_code?: string | undefined;
  readonly message?: string | undefined;
  readonly response_code?: number | undefined;
  readonly kind?: string;
}

function readResult({ result, error }: CheckedBucket): BucketResult {
  if (error) {
    return { outcome: 'unreachable', error_code: error.errorCode, message: error.message, kind: error.kind };
  }
  const { success, error_code, error_message: message, response_code } = result.check_bucket_response ?? {};
  return success === true
    ? { outcome: 'passed', response_code }
    : { outcome: 'failed', error_code, message, response_code };
}
