// The result of a validation.
import type { IssueCode, IssueParams } from '../generated/issue-params.js';
import type { ServiceCode } from '../generated/service-codes.js';

export type { ActualType, IssueCode, IssueParams } from '../generated/issue-params.js';
export type { ServiceCode } from '../generated/service-codes.js';

export type Severity = 'error' | 'warning';

/** An issue of one code: `IssueOf<'too_short'>`. */
export interface IssueOf<Code extends IssueCode> {
  /** Determines the type of `params`. */
  readonly code: Code;
  /** The field: `['obs_info', 'bucket_name']`. Empty for the whole value, or if one field was validated alone. */
  readonly path: readonly (string | number)[];
  /** The code and its params as a sentence, in the language of the `locale` option. */
  readonly message: string;
  /** See `IssueParams`: `{ min: 3, actual: 2 }`. */
  readonly params: IssueParams[Code];
  readonly severity: Severity;
  /** The rule that was violated: `bucket_name.length`. */
  readonly rule: string;
  /** The code that the service answers to the same mistake: `CTS.0231`. Only errors have one. */
  readonly serverCode?: ServiceCode;
}

/**
 * An error or a warning. `code`, `path` and `params` are stable. The code narrows the params: after
 * `issue.code === 'too_short'`, `issue.params.min` is a number.
 */
export type Issue = { [Code in IssueCode]: IssueOf<Code> }[IssueCode];

/** Either a value or issues; check `issues`. A value may have warnings too. */
export type Validation<T> =
  | { readonly value: T; readonly warnings: readonly Issue[]; readonly issues?: undefined }
  | { readonly issues: readonly [Issue, ...Issue[]]; readonly warnings: readonly Issue[]; readonly value?: undefined };
