// A request written for a tool or in a language, and what the generators share.
import type { PlainTextKey } from '../i18n.js';

/** The request as it was typed. It may be invalid: a snippet shows it, and the service refuses it. */
export interface SnippetInput {
  readonly draft: Readonly<Record<string, unknown>>;
  readonly projectId: string;
  readonly region: string;
  /** The signing proxy, with a slash at the end. */
  readonly proxyUrl: string;
}

export interface Snippet {
  readonly code: string;
  /** What the tool does otherwise than the request says, or cannot say. */
  readonly losses: readonly PlainTextKey[];
}

/** Pure: the same input gives the same code. */
export type Generate = (input: SnippetInput) => Snippet;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an object in the draft, none if it is absent. */
export const objectAt = (draft: SnippetInput['draft'], key: string): Readonly<Record<string, unknown>> => {
  const value = draft[key];
  return isObject(value) ? value : {};
};

export const projectIdOr = (projectId: string, placeholder = 'YOUR_PROJECT_ID'): string => projectId || placeholder;

/** A word of a POSIX shell. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** Those of `losses` whose condition is true. */
export const lossesOf = (...losses: readonly (readonly [isLost: boolean, loss: PlainTextKey])[]): PlainTextKey[] =>
  losses.filter(([isLost]) => isLost).map(([, loss]) => loss);
