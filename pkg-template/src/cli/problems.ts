// Reports the problems of a file: rows on a terminal, objects for programs.
import type { Issue } from '../validation/issue.js';
import { createColumns } from './columns.js';
import type { Shell } from './command.js';

/** An issue of the package, or a syntax error that the command line finds itself. */
export interface LocatedIssue extends Omit<Issue, 'code' | 'params'> {
  readonly code: string;
  readonly params: object;
  readonly line?: number | undefined;
}

/** Where a request is in its file. */
export interface Place {
  /** From 1. */
  readonly line?: number | undefined;
  /** In a document of JSON or YAML, from 1. */
  readonly item?: number;
  readonly inList?: boolean;
}

export interface Problem extends Place {
  readonly issues: readonly LocatedIssue[];
  readonly warnings: readonly LocatedIssue[];
}

/** A tracker that the file has already. */
export interface Duplicate extends Place {
  readonly name: string;
  readonly first: Place;
}

export type Report = (file: string, problems: readonly (Problem | Duplicate)[]) => Promise<void>;

/** `trackers.ndjson:3`, or in a list `trackers.json:1 #2`: a line may have several items, or be unknown. */
export const placeOf = (file: string, { line, item, inList }: Place): string =>
  `${file}${line === undefined ? '' : `:${line}`}${inList ? ` #${item}` : ''}`;

/** Rows of all files are aligned. */
export function createReport({ output, core, t }: Shell): Report {
  const align = createColumns([18, 7, 24, 18]);

  const messageOf = (file: string, { name, first }: Duplicate) =>
    t('file.duplicate', { name, first: placeOf(file, first) });

  function rowsOf(file: string, problem: Problem | Duplicate): string[][] {
    if ('first' in problem) {
      return [[placeOf(file, problem), t('error'), 'tracker_name', 'repeated', messageOf(file, problem)]];
    }
    return [...problem.issues, ...problem.warnings].map(({ line, severity, path, code, message, serverCode }) => [
      placeOf(file, { ...problem, ...(line !== undefined && { line }) }),
      t(severity),
      path.length > 0 ? core.formatPath(path, 'bracket') : t('request'),
      code,
      serverCode ? `${message} [${serverCode}]` : message,
    ]);
  }

  function objectOf(file: string, problem: Problem | Duplicate): object {
    const { line, item } = problem;
    if ('first' in problem) {
      const message = messageOf(file, problem);
      return { type: 'repeated', file, line, item, tracker_name: problem.name, message };
    }
    return { type: 'bad', file, line, item, issues: problem.issues, warnings: problem.warnings };
  }

  return (file, problems) =>
    output.json
      ? output.objects(problems.map((problem) => objectOf(file, problem)))
      : output.lines(align(problems.flatMap((problem) => rowsOf(file, problem))));
}
