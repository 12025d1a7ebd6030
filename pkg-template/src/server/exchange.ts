// How the proxy exchanges bytes with the service where a `fetch` can do it without a `Response`.

export interface UpstreamRequest {
  method: string;
  url: string;
  /** A header section. */
  headers: string;
  /** Not sent with a GET. */
  body: Uint8Array<ArrayBuffer>;
  timeoutMs: number;
  maxAnswerBytes: number;
}

export interface UpstreamResponse {
  status: number;
  /** A header section. */
  headers: string;
  body: Uint8Array<ArrayBuffer>;
}

/** Calls `onHead` when the head of the answer has arrived. */
export type Exchange = (request: UpstreamRequest, signal: AbortSignal, onHead: () => void) => Promise<UpstreamResponse>;

/** A `fetch` may have an `Exchange` under this symbol of the registry, which all copies of this package share. */
export const EXCHANGE: unique symbol = /* @__PURE__ */ Symbol.for('cts-tracker.fetch.exchange') as never;
