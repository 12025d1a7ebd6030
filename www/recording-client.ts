// A client that records the HTTP exchange of its last call, so that the page can show it.
import { type ClientEvent, type CtsClient, createCtsClient, isCtsError } from 'cts-tracker';
import { apiFetch, apiUrl } from './api.js';
import { packageLocale } from './i18n.js';
import { isReachable, UnreachableError } from './reachability.js';

const MAX_SHOWN_CHARACTERS = 65_536;
const MAX_RETRIES = 2;

/** How often a request is sent at most. */
export const MAX_TRIES: number = MAX_RETRIES + 1;

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestBody: string;
  readonly responseBody: string;
  /** Whether the connection ended before the body was complete. */
  readonly isCutOff: boolean;
  readonly status?: number;
  readonly requestId?: string;
}

/** The result of a call with all its tries, and the exchange of the last one if a request was sent. */
export type Outcome<Value> = { readonly exchange: Exchange | undefined; readonly durationMs: number } & (
  | { readonly value: Value; readonly error?: undefined }
  | { readonly error: Error; readonly value?: undefined }
);

export function truncate(text: string): { text: string; isTruncated: boolean } {
  return { text: text.slice(0, MAX_SHOWN_CHARACTERS), isTruncated: text.length > MAX_SHOWN_CHARACTERS };
}

interface Recording {
  exchange: { -readonly [Key in keyof Exchange]: Exchange[Key] };
  reading?: Promise<void>;
}

/** Reads in chunks: if the client ends the exchange early, the part that has arrived is still shown. */
async function recordBody(response: Response, { exchange }: Recording): Promise<void> {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  try {
    while (reader && exchange.responseBody.length <= MAX_SHOWN_CHARACTERS) {
      const { done, value } = await reader.read();
      if (done) break;
      exchange.responseBody += decoder.decode(value, { stream: true });
    }
    // Do not await: it settles only after the client has released its copy too.
    reader?.cancel().catch(() => {});
  } catch {
    exchange.isCutOff = true;
  }
}

const toError = (thrown: unknown): Error =>
  thrown instanceof Error || isCtsError(thrown) ? thrown : new Error(String(thrown));

export class RecordingClient {
  readonly #client: CtsClient = createCtsClient({
    baseUrl: apiUrl(''),
    fetch: (input: RequestInfo | URL, init?: RequestInit) => this.#fetch(input, init),
    retry: { maxRetries: MAX_RETRIES },
    onEvent: (event) => this.#onEvent?.(event),
    locale: packageLocale(),
  });
  #recording: Recording | undefined;
  #onEvent: ((event: ClientEvent) => void) | undefined;

  /** Never rejects: a failed call is an outcome too. */
  async call<Value>(
    operation: (client: CtsClient) => Promise<Value>,
    onEvent?: (event: ClientEvent) => void,
  ): Promise<Outcome<Value>> {
    this.#recording = undefined;
    this.#onEvent = onEvent;
    const startedAt = performance.now();
    const result = await this.#run(operation);
    const durationMs = performance.now() - startedAt;
    return { ...result, durationMs, exchange: await this.#lastExchange() };
  }

  async #run<Value>(operation: (client: CtsClient) => Promise<Value>): Promise<{ value: Value } | { error: Error }> {
    if (!(await isReachable())) return { error: new UnreachableError() };
    try {
      return { value: await operation(this.#client) };
    } catch (thrown) {
      return { error: toError(thrown) };
    }
  }

  async #lastExchange(): Promise<Exchange | undefined> {
    const { reading, exchange } = this.#recording ?? {};
    await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 250))]);
    return exchange;
  }

  async #fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const exchange: Recording['exchange'] = {
      method: request.method,
      url: request.url,
      requestBody: '',
      responseBody: '',
      isCutOff: false,
    };
    const recording: Recording = { exchange };
    this.#recording = recording;
    exchange.requestBody = await request.clone().text();
    const response = await apiFetch(request);
    exchange.status = response.status;
    const requestId = response.headers.get('x-request-id');
    if (requestId !== null) exchange.requestId = requestId;
    recording.reading = recordBody(response.clone(), recording);
    return response;
  }
}
