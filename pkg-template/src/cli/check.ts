// cts-tracker check: asks the service about every bucket of a file.
import type { CheckedBucket } from '../client/types.js';
import type { CheckBucketRequest } from '../validation/wire.js';
import { CliError, EXIT } from './cli-error.js';
import { createColumns } from './columns.js';
import { type Command, type Context, command, type Library, onlyFile } from './command.js';
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

type CheckContext = Context<typeof OPTIONS>;

export const check: Command = command({
  options: OPTIONS,
  takesFiles: true,
  async run(context) {
    const { values, output, t, signal } = context;
    const path = onlyFile(context);
    const library = await context.library();
    const service = await openService(context, 'domainId');
    const input = await openInput(path, values.input, t);
    const report = createReport(output, library, t);
    const { requests, invalid } = await validateFile(context, input, { kind: BUCKETS, report, keep: true });
    const buckets = requests.map(({ value }) => value);
    service.startEmulator?.(accountForBuckets(buckets));

    const { results, error } = await askService(context, service, buckets, library);
    const counts = { checked: 0, passed: 0, failed: 0, unreachable: 0, invalid, unchecked: 0 };
    const rows: string[][] = [];
    const objects: object[] = [];
    requests.forEach((request, i) => {
      const result = results[i];
      if (!result) {
        counts.unchecked += 1;
        return;
      }
      const { outcome, ...found } = outcomeOf(result);
      counts[outcome] += 1;
      if (outcome !== 'unreachable') counts.checked += 1;
      const { bucket_name, bucket_location } = request.value;
      const { line, item } = request;
      objects.push({ type: 'bucket', file: input.name, line, item, bucket_name, bucket_location, outcome, ...found });
      if (values.quiet && outcome === 'passed') return;
      const detail = [found.error_code ?? found.kind, messageOf(result, library)].filter(Boolean).join('  ');
      rows.push([placeOf(input.name, request), t(`check.${outcome}`), bucket_name, bucket_location, detail]);
    });

    await output.lines(createColumns([18, 8, 24, 12])(rows));
    await output.objects(objects);
    await output.summary({ command: 'check', ...counts, interrupted: signal.aborted }, [t('check.summary', counts)]);
    if (error) throw new CliError(error.message, { exit: EXIT.service, code: error.kind });
    if (counts.unreachable > 0) return EXIT.service;
    return counts.failed + counts.invalid > 0 ? EXIT.issues : EXIT.ok;
  },
});

/** After an error or an interruption, `results` has those that arrived before. */
async function askService(
  { values, output, t, signal }: CheckContext,
  { client }: Service,
  buckets: readonly CheckBucketRequest[],
  { core }: Library,
) {
  const progress = output.progress(t('check.progress'), buckets.length);
  try {
    const results: (CheckedBucket | undefined)[] = await client.checkBuckets(buckets, {
      concurrency: values.concurrency,
      batchSize: values['batch-size'],
      signal,
      onProgress: progress.update,
    });
    return { results };
  } catch (error) {
    if (!core.isCtsError(error)) throw error;
    const checked = new Map(error.checked?.map((result) => [result.request, result]));
    const results = buckets.map((bucket) => checked.get(bucket));
    return signal.aborted ? { results } : { results, error };
  } finally {
    progress.end();
  }
}

interface Outcome {
  readonly outcome: 'passed' | 'failed' | 'unreachable';
  readonly error_code?: string | undefined;
  readonly message?: string | undefined;
  readonly response_code?: number | undefined;
  readonly kind?: string;
}

function outcomeOf({ result, error }: CheckedBucket): Outcome {
  if (error) {
    return { outcome: 'unreachable', error_code: error.errorCode, message: error.message, kind: error.kind };
  }
  const { success, ...found } = result.check_bucket_response ?? {};
  return success === true
    ? { outcome: 'passed', response_code: found.response_code }
    : {
        outcome: 'failed',
        error_code: found.error_code,
        message: found.error_message,
        response_code: found.response_code,
      };
}

/** What the code of the service means, in the user's language. The service itself gives every failure the same message. */
function messageOf({ result, error }: CheckedBucket, { core, locale }: Library): string | undefined {
  if (error) return error.message;
  const { error_code: code = '', error_message: message } = result.check_bucket_response ?? {};
  return core.formatServiceCode(code, locale) ?? message;
}
