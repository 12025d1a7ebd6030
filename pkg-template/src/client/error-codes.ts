import { type ServiceCode, serviceCodes } from '../generated/service-codes.js';

/** What is known about a code of the service; `formatServiceCode` says what it means. */
export interface ErrorCodeInfo {
  /** The usual HTTP status. */
  readonly status?: number;
  /** The fields of the request that it may be about, as paths. */
  readonly fields?: readonly string[];
}

/**
 * The codes of the service (`CTS.0231`), of OBS as far as CTS passes them on, and of the API gateway (`APIGW.0301`, also
 * for `APIG.0301`). A code that is not listed is undefined: `errorCodes[error.errorCode ?? '']?.status`.
 */
export const errorCodes: Readonly<Record<ServiceCode, ErrorCodeInfo>> & Readonly<Record<string, ErrorCodeInfo>> =
  /* @__PURE__ */ frozenCodes();

function frozenCodes(): Readonly<Record<ServiceCode, ErrorCodeInfo>> {
  const entries = Object.entries(serviceCodes).map(([code, { status, fields }]) => [
    code,
    Object.freeze(fields.length === 0 ? { status } : { status, fields: Object.freeze(fields) }),
  ]);
  return Object.freeze(Object.fromEntries(entries));
}
