/** The exit codes of every command. */
export const EXIT = { ok: 0, issues: 1, misuse: 2, service: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command. The message is shown without a stack trace. */
export class CliError extends Error {
  readonly exit: ExitCode;
  /** Shown on a line of its own, to people only. */
  readonly hint: string | undefined;
  /** Identifies the error in `--json` output. */
  readonly code: string;

  constructor(message: string, { exit = EXIT.misuse, hint, code = 'misuse' }: CliErrorOptions = {}) {
    super(message);
    this.exit = exit;
    this.hint = hint;
    this.code = code;
  }
}

interface CliErrorOptions {
  exit?: ExitCode;
  hint?: string;
  code?: string;
}
