export interface Credentials {
    accessKeyId: string;
    secretAccessKey: string;
    securityToken?: string | undefined;
}
export type HeadersInput = Iterable<readonly [
    string,
    string
]> | Readonly<Record<string, string | number | readonly string[] | undefined>>;
export interface RequestToSign {
    method: string;
    url: string | URL;
    headers?: HeadersInput | undefined;
    body?: string | Uint8Array | ArrayBuffer | null | undefined;
    date?: Date | number | string | undefined;
    credentials: Credentials;
    signedHeaders?: readonly string[] | undefined;
}
export interface SignedRequest {
    headers: Record<string, string>;
    canonicalRequest: string;
    stringToSign: string;
    signature: string;
    authorization: string;
}
export function signRequest(request: RequestToSign): SignedRequest;
export type RequestToVerify = {
    method: string;
    url: string | URL;
    headers: HeadersInput;
} & ({
    body?: string | Uint8Array | ArrayBuffer | null | undefined;
} | {
    arrayBuffer(): Promise<ArrayBuffer>;
});
type Found = Pick<Credentials, "secretAccessKey" | "securityToken"> | null | undefined;
export type Verification = {
    valid: true;
    accessKeyId: string;
    signedHeaders: string[];
    canonicalRequest: string;
} | {
    valid: false;
    code: "unsigned" | "malformed_authorization" | "invalid_date" | "unknown_access_key" | "expired" | "wrong_security_token" | "wrong_content_hash" | "absent_signed_header" | "wrong_signature" | "invalid_argument";
    message: string;
    canonicalRequest?: string;
    skewSeconds?: number;
};
export function verifyRequest(request: RequestToVerify, lookup: (accessKeyId: string) => Found | Promise<Found>, options?: {
    now?: (() => number | Date) | undefined;
}): Promise<Verification>;
