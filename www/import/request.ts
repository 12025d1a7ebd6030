// What an import reads: requests, and what of the text is not in them.

export type Request = Readonly<Record<string, unknown>>;

/** The reasons by the rest of their keys among the texts: `import.note.unknown`. */
export type NoteReason =
  | 'unknown'
  | 'answer'
  | 'value'
  | 'notApplicable'
  | 'repeated'
  | 'expression'
  | 'heredoc'
  | 'argument'
  | 'command'
  | 'method'
  | 'project'
  | 'region';

/** Something that is not imported, or differs. */
export interface Note {
  readonly reason: NoteReason;
  /** The name of what is lost, as the text has it. */
  readonly name: string;
  /** Its value, if the reason names it. */
  readonly detail: string;
}

export const note = (reason: NoteReason, name: string, detail: unknown = ''): Note => ({
  reason,
  name,
  detail: typeof detail === 'string' ? detail : (JSON.stringify(detail) ?? ''),
});

/** A request that can be imported. */
export interface ImportedRequest {
  /** Tells it from others of the same text. */
  readonly name: string;
  readonly request: Request;
  readonly notes: readonly Note[];
  /** The project and the region that the text names. */
  readonly projectId?: string | undefined;
  readonly region?: string | undefined;
}

export const isObject = (value: unknown): value is Request =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
