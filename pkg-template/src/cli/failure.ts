// What ends a command: the exit codes, and an error whose message is all that a person needs.
export const EXIT = { fine: 0, issues: 1, misuse: 2, service: 3 };

export class Failure extends Error {
  /** @param {string} message @param {number} [exit] @param {{ hint?: string, code?: string }} [more] */
  constructor(message, exit = EXIT.misuse, { hint, code = 'misuse' } = {}) {
    super(message);
    this.exit = exit;
    this.hint = hint;
    this.code = code;
  }
}
