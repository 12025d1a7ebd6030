// What the page and its worker send each other.
import type { NdjsonLine } from 'cts-tracker';

export type Kind = 'createTracker' | 'checkBucket';
export type Format = 'ndjson' | 'json' | 'yaml';

export type Request =
  | { readonly type: 'validate'; readonly file: File; readonly kind: Kind | undefined; readonly language: string }
  | { readonly type: 'read'; readonly number: number };

export interface Counts {
  readonly lines: number;
  readonly valid: number;
  readonly invalid: number;
  readonly warned: number;
}

/** Lines of NDJSON, or items of a document. */
export type Message =
  | { readonly type: 'started'; readonly format: Format; readonly kind: Kind }
  | { readonly type: 'progress'; readonly bytes: number; readonly bad: readonly NdjsonLine[] }
  | { readonly type: 'done'; readonly counts: Counts; readonly bad: readonly NdjsonLine[] }
  | { readonly type: 'unreadable'; readonly reason: string }
  | { readonly type: 'item'; readonly number: number; readonly value: unknown };
