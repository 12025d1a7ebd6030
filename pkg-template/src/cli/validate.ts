// cts-tracker validate: one pass over files of any size.
import { EXIT, Failure } from './failure.js';
import { createHints } from './hints.js';
import { openInput } from './input.js';
import { judge, reporter } from './validate-file.js';

export async function validate({ values, positionals, output, t, load, locale, signal }) {
  if (positionals.length === 0) throw new Failure(t('usage.file', { command: 'validate' }));
  const core = await load.core();
  const report = reporter({ output, core, t });
  const total = { lines: 0, valid: 0, invalid: 0, warned: 0 };
  const hints = createHints(output);
  let failed;
  for (const path of positionals) {
    if (signal.aborted) break;
    let judged;
    try {
      const input = await openInput(path, values.input, t);
      judged = await judge(input, {
        kind: values.kind,
        core,
        locale,
        warnings: values.warnings,
        t,
        signal,
        onBad: (bad) => report(input.name, bad),
        onHint: hints.add,
        onBucket: () => hints.add(t('validate.buckets')),
      });
    } catch (error) {
      // One file that cannot be read does not hide what is wrong with the others.
      if (!(error instanceof Failure) || positionals.length === 1) throw error;
      failed ??= error;
      output.failure(error);
      continue;
    }
    for (const key of Object.keys(total)) total[key] += judged[key];
  }
  await output.objects([{ type: 'summary', command: 'validate', files: positionals.length, ...total }]);
  hints.tell();
  if (!output.json) output.note(t('validate.summary', { ...total, files: positionals.length }));
  if (failed) return failed.exit;
  return total.invalid > 0 ? EXIT.issues : EXIT.fine;
}
