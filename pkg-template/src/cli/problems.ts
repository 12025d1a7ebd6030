// Reports the problems of a file: rows on a terminal, objects for programs.
import type { Issue } from '../validation/issue.js';
import { createColumns } from './columns.js';
import type { Shell } from './command.js';
import type { Translate } from './texts.js';

/** An issue of the package, or a syntax error that the command line finds itself. */
export interface LocatedIssue extends Omit<Issue, 'code' | 'params'> {
  readonly code: string;
  readonly params: object;
  readonly line?: number | undefined;
  /** Only in YAML. */
  readonly column?: number | undefined;
}

/** Where a request is in its file. */
export interface Place {
  /** From 1. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** In a document of JSON or YAML, from 1. */
  readonly item?: number;
  readonly inList?: boolean;
}

export interface Problem extends Place {
  readonly issues: readonly LocatedIssue[];
  readonly warnings: readonly LocatedIssue[];
  /** The name of a tracker that the file has already. */
  readonly duplicate?: string;
}

export type Report = (file: string, problems: readonly Problem[]) => Promise<void>;

/** `trackers.ndjson:3`, in YAML `trackers.yaml:3:5`, or in a list `trackers.json:1 #2`: a line may have several items. */
export const placeOf = (file: string, { line, column, item, inList }: Place): string =>
  `${[file, line, column].filter((part) => part !== undefined).join(':')}${inList ? ` #${item}` : ''}`;

/** A tracker that the file has already. The package has no such issue. */
export function duplicateTracker(file: string, name: string, place: Place, first: Place, t: Translate): Problem {
  const message = t('file.duplicate', { name, first: placeOf(file, first) });
  const issue = { code: 'repeated', path: ['tracker_name'], message, params: {}, severity: 'error', rule: '' } as const;
  return { ...place, issues: [issue], warnings: [], duplicate: name };
}

/** In the order of the file, if the places are known. */
export const inOrder = <Issue extends LocatedIssue>(issues: readonly Issue[]): Issue[] =>
  issues.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));

/** Rows of all files are aligned. */
export function createReport({ output, core, t }: Shell): Report {
  const align = createColumns([18, 7, 24, 18]);

  const rowsOf = (file: string, problem: Problem) =>
    inOrder([...problem.issues, ...problem.warnings]).map(
      ({ line = problem.line, column = problem.column, severity, path, code, message, serverCode }) => [
        placeOf(file, { ...problem, line, column }),
        { text: t(severity), colour: severity === 'error' ? 'red' : 'yellow' } as const,
        path.length > 0 ? core.formatPath(path, 'bracket') : t('request'),
        code,
        serverCode ? `${message} [${serverCode}]` : message,
      ],
    );

  const objectOf = (file: string, { line, column, item, issues, warnings, duplicate }: Problem) =>
    duplicate === undefined
      ? { type: 'bad', file, line, column, item, issues: inOrder(issues), warnings: inOrder(warnings) }
      : { type: 'repeated', file, line, column, item, tracker_name: duplicate, message: issues[0]?.message };

  return (file, problems) =>
    output.json
      ? output.objects(problems.map((problem) => objectOf(file, problem)))
      : output.lines(align(problems.flatMap((problem) => rowsOf(file, problem))));
}
