// `CtsError`. The package throws no other errors except `TypeError`.
import type { CtsErrorKind, ProxyProblemCode } from '../generated/names.js';
import type { Locale } from '../messages/locale.js';
import { ownProperties } from '../options.js';
import type { Word } from '../platform.js';
import type { Issue, ServiceCode } from '../validation/issue.js';
import type { CheckedBucket, Creation } from './types.js';

export type { CtsErrorKind, ProxyProblemCode } from '../generated/names.js';

/** Whether bytes of a request may have reached the service. */
export type Sent = 'no' | 'yes' | 'unknown';

/** The properties of a `CtsError` except its kind and message. Undefined ones are omitted. */
export interface CtsErrorDetails {
  status?: number | undefined;
  errorCode?: string | undefined;
  errorMsg?: string | undefined;
  requestId?: string | undefined;
  sent?: Sent | undefined;
  attempts?: number | undefined;
  retryAfterMs?: number | undefined;
  mayAlreadyExist?: true | undefined;
  creation?: Creation | undefined;
  issues?: readonly Issue[] | undefined;
  received?: string | undefined;
  checked?: readonly CheckedBucket[] | undefined;
  cause?: unknown;
  /** The message in a language, for `formatError`; by default always the same. Not a property. */
  format?: ((locale: Locale | undefined) => string) | undefined;
}

/** Failures that may be over at a later call. */
export const TEMPORARY: readonly CtsErrorKind[] = ['network', 'timeout', 'throttled', 'server'];

/** The property with `format`. Copies of the package and other realms share this symbol. */
const brand = (): symbol => Symbol.for('cts-tracker.error');

/** In the order of `toJSON`. */
const LOGGED = [
  'status',
  'errorCode',
  'errorMsg',
  'requestId',
  'sent',
  'attempts',
  'retryAfterMs',
  'mayAlreadyExist',
  'issues',
] as const;

/** The error of a failed call of the client. Recognise it with `isCtsError`. */
export class CtsError extends Error {
  readonly kind: CtsErrorKind;
  /** The HTTP status. */
  declare readonly status?: number;
  /** The service's code as it came, such as `CTS.0201`: see `errorCodes`. With kind `proxy`, the proxy's own code. */
  declare readonly errorCode?: Word<ServiceCode | ProxyProblemCode>;
  /** The service's own sentence. */
  declare readonly errorMsg?: string;
  declare readonly requestId?: string;
  /** Whether bytes of the last try may have reached the service. */
  readonly sent: Sent;
  /** How often the request was sent. */
  readonly attempts: number;
  /** How long the answer asks to wait, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /**
   * True if `createTracker` may have created a tracker. Test this property, not `kind`: it is set with `outcome_unknown`,
   * with `aborted` and `bad_response` after the request was sent, and with a `conflict` whose tracker may be that of an
   * earlier call. Otherwise it is absent.
   */
  declare readonly mayAlreadyExist?: true;
  /** With `mayAlreadyExist`: what was sent, for `resolveCreation`. Not in `toJSON`. */
  declare readonly creation?: Creation;
  /** With kind `validation`: the issues of the request. */
  declare readonly issues?: readonly Issue[];
  /** With kind `bad_response`: the beginning of the body. Not in `toJSON`. */
  declare readonly received?: string;
  /** Of `checkBuckets`: the results up to the failure. Not in `toJSON`. */
  declare readonly checked?: readonly CheckedBucket[];

  constructor(kind: CtsErrorKind, message: string, details: CtsErrorDetails = {}) {
    const { cause, format = () => message, sent = 'no', attempts = 0, ...others } = ownProperties(details);
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.sent = sent;
    this.attempts = attempts;
    Object.assign(this, Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)));
    Object.defineProperty(this, brand(), { value: format });
  }

  override get name(): 'CtsError' {
    return 'CtsError';
  }

  // For `inspect`, since a minifier may rename the class.
  static override get name(): string {
    return 'CtsError';
  }

  /** For logs: without `cause`, `creation`, `received` and `checked`, whose content others wrote. */
  toJSON(): Record<string, unknown> {
    const { name, kind, message } = this;
    const logged = LOGGED.filter((field) => Object.hasOwn(this, field)).map((field) => [field, this[field]]);
    return { name, kind, message, ...Object.fromEntries(logged) };
  }
}

/** What makes the message of an error, in a language. */
export function formatOf(error: object): NonNullable<CtsErrorDetails['format']> {
  return Reflect.get(error, brand());
}

/** Recognises a `CtsError` of any copy of the package and of any realm, where `instanceof` fails. */
export function isCtsError(value: unknown): value is CtsError {
  try {
    return typeof formatOf(value as object) === 'function';
  } catch {
    // No object, or a revoked proxy.
    return false;
  }
}
