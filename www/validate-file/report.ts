// The findings of a file, and those that are shown. Pure.
import type { Issue, NdjsonLine } from 'cts-tracker';
import { toCsv } from '../csv.js';
import type { Counts } from './messages.js';

/** More findings are counted, but not kept. */
export const MAX_KEPT = 20_000;

export interface Finding {
  readonly line: number;
  readonly issue: Issue;
}

export class Report {
  readonly findings: Finding[] = [];
  /** How many issues have each code, kept or not. */
  readonly codes = new Map<string, number>();
  /** Findings that were not kept. */
  dropped = 0;
  counts: Counts | undefined;

  add(lines: readonly NdjsonLine[]): void {
    for (const { line, issues, warnings } of lines)
      for (const list of [issues, warnings]) for (const issue of list ?? []) this.#add({ line, issue });
  }

  #add(finding: Finding): void {
    const { code } = finding.issue;
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    if (this.findings.length < MAX_KEPT) this.findings.push(finding);
    else this.dropped += 1;
  }

  /** The findings with a code, or all. */
  withCode(code: string): readonly Finding[] {
    return code === '' ? this.findings : this.findings.filter(({ issue }) => issue.code === code);
  }
}

export const pathOf = ({ path }: Issue): string => path.join('.');

export const reportAsCsv = (findings: readonly Finding[]): string =>
  toCsv([
    ['line', 'severity', 'field', 'code', 'message'],
    ...findings.map(({ line, issue }) => [line, issue.severity, pathOf(issue), issue.code, issue.message]),
  ]);
