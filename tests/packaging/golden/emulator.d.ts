export interface EmulatorBucket {
    name: string;
    location: string;
    managed?: boolean | undefined;
}
export interface EmulatorCredentials {
    accessKeyId: string;
    secretAccessKey: string;
    securityToken?: string | undefined;
}
export type EmulatorFaultKind = "latency" | "reset" | "truncate" | "hang" | number | `${number}` | `CTS.${string}` | `APIGW.${string}`;
export interface EmulatorFault {
    kind: EmulatorFaultKind;
    when?: "before" | "during" | "after" | undefined;
    ms?: number | undefined;
    retryAfter?: string | number | undefined;
    headers?: Readonly<Record<string, string>> | undefined;
    body?: string | undefined;
    operation?: "createTracker" | "checkObsBuckets" | undefined;
    nth?: number | undefined;
    times?: number | undefined;
}
export interface EmulatorOptions {
    buckets?: readonly EmulatorBucket[] | undefined;
    keys?: readonly string[] | undefined;
    credentials?: readonly EmulatorCredentials[] | undefined;
    now?: (() => number | Date) | undefined;
    random?: ((bytes: Uint8Array) => Uint8Array) | undefined;
    latencyMs?: number | undefined;
    faults?: readonly (EmulatorFault | string | number)[] | undefined;
}
export interface EmulatorTracker {
    id: string;
    create_time: number;
    tracker_type: "system" | "data";
    tracker_name: string;
    project_id: string;
    [field: string]: unknown;
}
export interface EmulatorRequest {
    at: number;
    method: string;
    path: string;
    operation: "createTracker" | "checkObsBuckets" | null;
    requestId: string;
    status: number | null;
    errorCode: string | null;
    created: boolean;
    fault: string | null;
}
export interface EmulatorState {
    trackers: EmulatorTracker[];
    requests: EmulatorRequest[];
    requestCount: number;
    restarts: number;
}
export interface CtsEmulator {
    readonly fetch: (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
    state(): EmulatorState;
    reset(): void;
}
export function createEmulator(options?: EmulatorOptions): CtsEmulator;
export function toNodeListener(emulator: CtsEmulator): (request: NodeRequest, response: NodeResponse) => void;
export interface NodeRequest {
    method?: string | undefined;
    url?: string | undefined;
    rawHeaders: readonly string[];
    socket: {
        destroyed: boolean;
        destroy(): unknown;
    };
    on(event: "data", listener: (part: Uint8Array) => void): unknown;
    on(event: "end", listener: () => void): unknown;
}
export interface NodeResponse {
    writeHead(status: number, headers?: any): NodeResponse;
    write(part: Uint8Array, callback: () => void): unknown;
    end(data?: any): unknown;
}
export const sampleCredentials: Readonly<{
    accessKeyId: string;
    secretAccessKey: string;
}>;
