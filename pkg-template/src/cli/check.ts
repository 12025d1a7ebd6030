// cts-tracker check: asks the service about every bucket of a file.
import { EXIT, Failure } from './failure.js';
import { createHints } from './hints.js';
import { openInput } from './input.js';
import { columns } from './output.js';
import { worldOfBuckets } from './rehearsal.js';
import { openService } from './service.js';
import { judge, reporter, where } from './validate-file.js';

export async function check(context) {
  const { values, positionals, output, t, load, locale, signal } = context;
  if (positionals.length !== 1) throw new Failure(t('usage.oneFile', { command: 'check' }));
  const core = await load.core();
  const { client, rehearse } = await openService(context, 'domainId');
  const input = await openInput(positionals[0], values.input, t);
  const report = reporter({ output, core, t });
  const hints = createHints(output);
  const judged = await judge(input, {
    kind: 'checkBucket',
    core,
    locale,
    t,
    signal,
    keep: true,
    onBad: (bad) => report(input.name, bad),
    onHint: hints.add,
  });
  hints.tell();
  const requests = judged.values.map(({ value }) => value);
  rehearse?.(worldOfBuckets(requests));

  const bar = output.progress(t('check.progress'), requests.length);
  let results;
  let ended;
  try {
    results = await client.checkBuckets(requests, {
      concurrency: values.concurrency,
      batchSize: values['batch-size'],
      signal,
      onProgress: bar.update,
    });
  } catch (error) {
    if (!core.isCtsError(error)) throw error;
    // What was found until then is told all the same; each result names its request.
    const at = new Map(requests.map((request, i) => [request, i]));
    results = [];
    for (const found of error.checked ?? []) results[at.get(found.request)] = found;
    if (!signal.aborted) ended = error;
  } finally {
    bar.end();
  }

  const tally = { checked: 0, passed: 0, failed: 0, unreachable: 0, invalid: judged.invalid, unchecked: 0 };
  const align = columns([18, 8, 24, 12]);
  const rows = [];
  // Of each bucket that failed the service says the same, in English: programs get that as it is.
  const wordsFor = ({ outcome, code, message }) =>
    (outcome === 'failed' && core.errorCodes[code]?.meaning?.[locale]) || message;
  const objects = [];
  judged.values.forEach((entry, i) => {
    const found = results[i];
    if (!found) {
      tally.unchecked += 1;
      return;
    }
    const state = stateOf(found);
    tally[state.outcome] += 1;
    tally.checked += state.outcome === 'unreachable' ? 0 : 1;
    const { bucket_name: bucket, bucket_location: location } = entry.value;
    objects.push({
      type: 'bucket',
      file: input.name,
      line: entry.line,
      item: entry.item,
      bucket_name: bucket,
      bucket_location: location,
      outcome: state.outcome,
      error_code: state.code,
      message: state.message,
      response_code: state.status,
      kind: state.kind,
    });
    if (values.quiet && state.outcome === 'passed') return;
    rows.push([
      where(input.name, entry),
      t(`check.${state.outcome}`),
      bucket,
      location,
      [state.code ?? state.kind, wordsFor(state)].filter(Boolean).join('  '),
    ]);
  });
  await output.lines(align(rows));
  await output.objects([...objects, { type: 'summary', command: 'check', ...tally, interrupted: signal.aborted }]);
  if (!output.json) output.note(t('check.summary', tally));
  if (ended) throw new Failure(ended.message, EXIT.service, { code: ended.kind });
  if (tally.unreachable > 0) return EXIT.service;
  return tally.failed + tally.invalid > 0 ? EXIT.issues : EXIT.fine;
}

function stateOf({ result, error }) {
  if (error) return { outcome: 'unreachable', kind: error.kind, code: error.errorCode, message: error.message };
  const {
    success,
    error_code: code,
    error_message: message,
    response_code: status,
  } = result.check_bucket_response ?? {};
  return success === true ? { outcome: 'passed', status } : { outcome: 'failed', code, message, status };
}
