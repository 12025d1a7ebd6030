// cts-tracker validate: one pass over files of any size.
import { CliError, EXIT, type ExitCode } from './cli-error.js';
import { type Command, command } from './command.js';
import { openInput } from './input.js';
import { INPUT } from './options.js';
import { createReport } from './problems.js';
import { BUCKETS, TRACKERS } from './request-kind.js';
import { validateFile } from './validate-file.js';

export const validate: Command = command({
  options: {
    ...INPUT,
    kind: { type: 'string', choices: ['createTracker', 'checkBucket'], default: 'createTracker' },
    format: { type: 'string', choices: ['text', 'json'] },
    warnings: { type: 'boolean' },
  },
  takesFiles: true,
  async run(context) {
    const { values, files, output, t, signal } = context;
    if (files.length === 0) throw new CliError(t('usage.file'));
    if (values.format === 'json') output.json = true;
    const options = { report: createReport(context), showWarnings: values.warnings };
    const total = { lines: 0, valid: 0, invalid: 0, warned: 0, hidden: 0 };
    let unreadable: ExitCode | undefined;

    for (const path of files) {
      if (signal.aborted) break;
      try {
        const input = await openInput(path, values.input, t);
        const onBucket = () => output.hint(t('validate.buckets'));
        const result = await (values.kind === 'checkBucket'
          ? validateFile(context, input, { ...options, kind: BUCKETS })
          : validateFile(context, input, { ...options, kind: TRACKERS, onBucket }));
        total.lines += result.lines;
        total.valid += result.valid;
        total.invalid += result.invalid;
        total.warned += result.warned;
        total.hidden += result.hidden;
      } catch (error) {
        // The other files are validated all the same.
        if (!(error instanceof CliError) || files.length === 1) throw error;
        unreadable ??= error.exit;
        output.error(error);
      }
    }

    const { hidden, ...others } = total;
    const counts = { ...others, files: files.length };
    const notes = [t('validate.summary', counts), ...(hidden > 0 ? [t('validate.hidden', { hidden })] : [])];
    await output.summary({ command: 'validate', ...counts, hidden_warnings: hidden || undefined }, notes);
    return unreadable ?? (total.invalid > 0 ? EXIT.issues : EXIT.ok);
  },
});
