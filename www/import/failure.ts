// Why a text cannot be imported, and where.

/** The reasons by the rest of their keys among the texts: `import.error.unknown`. */
export type FailureReason =
  | 'empty'
  | 'tooLarge'
  | 'unknownFormat'
  | 'json.value'
  | 'json.key'
  | 'json.colon'
  | 'json.comma'
  | 'json.trailingComma'
  | 'json.string'
  | 'json.escape'
  | 'json.number'
  | 'json.end'
  | 'json.deep'
  | 'notRequest'
  | 'noTracker'
  | 'quote'
  | 'expansion'
  | 'noBody'
  | 'fileBody'
  | 'formBody'
  | 'optionValue'
  | 'hcl.name'
  | 'hcl.block'
  | 'hcl.value'
  | 'hcl.string'
  | 'hcl.comment'
  | 'hcl.bracket'
  | 'hcl.heredoc'
  | 'hcl.noResource';

export class ImportFailure extends Error {
  readonly reason: FailureReason;
  /** An offset in the text. */
  readonly at: number;
  /** The part of the text that the reason names. */
  readonly detail: string;

  constructor(reason: FailureReason, at: number, detail = '') {
    super(`${reason} at ${at}`);
    this.reason = reason;
    this.at = at;
    this.detail = detail;
  }
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Both count from 1; a column counts characters. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: [...before.slice(start)].length + 1 };
}
