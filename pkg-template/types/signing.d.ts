// Types of `cts-tracker/signing`: SDK-HMAC-SHA256 for any request. Server side: keys do not belong in a browser.

/** A pair of keys, permanent or temporary. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of temporary keys. */
  securityToken?: string | undefined;
}

/** Headers by name, as pairs, or as `Headers`. An undefined value is an absent header. */
export type HeadersInput =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface RequestToSign {
  method: string;
  /** Any http or https URL, absolute. In a query, `+` is a space. */
  url: string | URL;
  headers?: HeadersInput | undefined;
  /** Exactly what will be sent. A string is sent as UTF-8. */
  body?: string | Uint8Array | ArrayBuffer | null | undefined;
  /** When it is signed. Default: the header `X-Sdk-Date`, else now. As text: `20240619T080910Z`, or ISO 8601. */
  date?: Date | number | string | undefined;
  credentials: Credentials;
  /**
   * Which headers are signed, in any case and order; `X-Sdk-Date` and `X-Security-Token` are besides. Default: all but
   * those with `_` in the name, and `Host`.
   */
  signedHeaders?: readonly string[] | undefined;
}

export interface SignedRequest {
  /**
   * What to send: the headers given and those signing added (`authorization`, `x-sdk-date`, `x-security-token`, and
   * `x-sdk-content-sha256` for a body that is not JSON), names in lower case. `host` only if it was given: HTTP
   * libraries write their own. A value beyond ASCII is there as the bytes of its UTF-8, a character each, as `fetch`
   * wants it.
   */
  headers: Record<string, string>;
  /** The stages of the algorithm. */
  canonicalRequest: string;
  stringToSign: string;
  signature: string;
  /** The value of the header `Authorization`. */
  authorization: string;
}

/**
 * Signs a request. Synchronous. Throws a `TypeError` with a `code` if it cannot be signed: `invalid_method`,
 * `invalid_url`, `invalid_host`, `invalid_header_name`, `invalid_header_value`, `invalid_date`, `invalid_body`,
 * `absent_signed_header`, `invalid_access_key_id`, `invalid_secret_access_key`, `invalid_security_token`,
 * `invalid_argument`. The message never has a key in it.
 */
export function signRequest(request: RequestToSign): SignedRequest;

/** A request as it came: its parts, or a `Request` of the platform, whose body is then read. */
export type RequestToVerify = {
  method: string;
  /** Absolute; its host counts if there is no header `Host`. */
  url: string | URL;
  headers: HeadersInput;
} & ({ body?: string | Uint8Array | ArrayBuffer | null | undefined } | { arrayBuffer(): Promise<ArrayBuffer> });

type Found = Pick<Credentials, 'secretAccessKey' | 'securityToken'> | null | undefined;

export type Verification =
  | { valid: true; accessKeyId: string; signedHeaders: string[]; canonicalRequest: string }
  | {
      valid: false;
      code:
        | 'unsigned'
        | 'malformed_authorization'
        | 'invalid_date'
        | 'unknown_access_key'
        | 'expired'
        | 'wrong_security_token'
        | 'wrong_content_hash'
        | 'absent_signed_header'
        | 'wrong_signature'
        | 'invalid_argument';
      /** As the gateway words it where its words are known. */
      message: string;
      /** Of `wrong_signature`: what the request came to. */
      canonicalRequest?: string;
      /** Of `expired`: how far the request's clock is ahead. */
      skewSeconds?: number;
    };

/**
 * Checks a signature, in a time that does not tell where it differs. `lookup` gives the keys of an access key id, or
 * nothing. A date more than 15 minutes from `now` has expired.
 */
export function verifyRequest(
  request: RequestToVerify,
  lookup: (accessKeyId: string) => Found | Promise<Found>,
  options?: { now?: (() => number | Date) | undefined },
): Promise<Verification>;
