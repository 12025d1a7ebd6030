/** The exit codes of every command. */
export const EXIT = { ok: 0, issues: 1, usage: 2, service: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command. The message is shown without a stack trace. */
export class CliError extends Error {
  /** Identifies the error in `--json` output. */
  readonly code: string;
  readonly exit: ExitCode;
  /** Shown on a line of its own, to people only. */
  readonly hint: string | undefined;

  constructor(message: string, options: { code?: string; exit?: ExitCode; hint?: string } = {}) {
    super(message);
    this.code = options.code ?? 'usage';
    this.exit = options.exit ?? EXIT.usage;
    this.hint = options.hint;
  }
}

/** What was thrown, as an error that may have a system's `code`. */
export const asError = (thrown: unknown): NodeJS.ErrnoException =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
