import type { ProxyProblemCode } from "./index.js";
import type { Credentials } from "./signing.js";
export type { Credentials, ProxyProblemCode };
export type ExpiringCredentials = Credentials & {
    expiresAt?: Date | number | string | undefined;
};
export interface RateLimit {
    perMinute: number;
    burst?: number | undefined;
    key?: ((request: Request, info: any) => string) | undefined;
}
export interface SigningProxyOptions {
    region?: string | undefined;
    endpoint?: string | URL | undefined;
    credentials: ExpiringCredentials | (() => ExpiringCredentials | Promise<ExpiringCredentials>);
    allowedOrigins?: readonly string[] | undefined;
    allowedHosts?: readonly string[] | undefined;
    projects?: readonly string[] | undefined;
    domains?: readonly string[] | undefined;
    authorize?: ((request: Request) => boolean | Response | Promise<boolean | Response>) | undefined;
    upstreamTimeoutMs?: number | undefined;
    bodyTimeoutMs?: number | undefined;
    maxBodyBytes?: number | undefined;
    maxConcurrent?: number | undefined;
    ratePerClient?: number | RateLimit | undefined;
    fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
    now?: (() => number | Date) | undefined;
    onEvent?: ((event: ProxyEvent) => void) | undefined;
}
export type ProxyEvent = {
    type: "request";
    operation: "createTracker" | "checkObsBuckets" | "healthz" | "readyz" | "metrics" | "none";
    id?: string;
    status: number;
    code?: ProxyProblemCode;
    sent: "no" | "yes" | "unknown";
    durationMs: number;
    requestId?: string;
} | {
    type: "credentials";
    ok: true;
} | {
    type: "credentials";
    ok: false;
    error: string;
} | {
    type: "clock";
    offsetMs: number;
} | {
    type: "keys_refused";
    pauseMs: number;
} | {
    type: "error";
    error: string;
};
export interface SigningProxy {
    readonly fetch: (request: Request, info?: any) => Promise<Response>;
}
export function createSigningProxy(options: SigningProxyOptions): SigningProxy;
