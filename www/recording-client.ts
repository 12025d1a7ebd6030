// A client that records the HTTP exchange of its last call, so that the page can show it.
import { type CtsClient, createCtsClient, isCtsError } from 'cts-tracker';
import { packageLocale } from './i18n.js';

const MAX_SHOWN_CHARACTERS = 65_536;

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestBody: string;
  readonly responseBody: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly durationMs: number;
}

/** The result of a call, with the exchange if a request was sent. */
export type Outcome<Value> =
  | { readonly value: Value; readonly error?: undefined; readonly exchange: Exchange | undefined }
  | { readonly error: Error; readonly value?: undefined; readonly exchange: Exchange | undefined };

export function truncate(text: string): { text: string; isTruncated: boolean } {
  return { text: text.slice(0, MAX_SHOWN_CHARACTERS), isTruncated: text.length > MAX_SHOWN_CHARACTERS };
}

interface Recording {
  exchange: { -readonly [Key in keyof Exchange]: Exchange[Key] };
  startedAt: number;
  reading?: Promise<void>;
}

/** Reads in chunks: if the client ends the exchange early, the part that has arrived is still shown. */
async function recordBody(response: Response, { exchange, startedAt }: Recording): Promise<void> {
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
    // The connection was closed.
  }
  exchange.durationMs = performance.now() - startedAt;
}

export class RecordingClient {
  readonly #client: CtsClient = createCtsClient({
    baseUrl: new URL('/api/', location.href),
    fetch: (input: RequestInfo | URL, init?: RequestInit) => this.#fetch(input, init),
    locale: packageLocale(),
  });
  #recording: Recording | undefined;

  /** Never rejects: a failed call is an outcome too. */
  async call<Value>(operation: (client: CtsClient) => Promise<Value>): Promise<Outcome<Value>> {
    this.#recording = undefined;
    try {
      const value = await operation(this.#client);
      return { value, exchange: await this.#lastExchange() };
    } catch (thrown) {
      const error = thrown instanceof Error || isCtsError(thrown) ? thrown : new Error(String(thrown));
      return { error, exchange: await this.#lastExchange() };
    }
  }

  async #lastExchange(): Promise<Exchange | undefined> {
    const { reading, exchange } = this.#recording ?? {};
    await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 250))]);
    return exchange;
  }

  async #fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init);
    const startedAt = performance.now();
    const exchange: Recording['exchange'] = {
      method: request.method,
      url: request.url,
      requestBody: '',
      responseBody: '',
      durationMs: 0,
    };
    const recording: Recording = { exchange, startedAt };
    this.#recording = recording;
    exchange.requestBody = await request.clone().text();
    try {
      const response = await fetch(request);
      exchange.status = response.status;
      const requestId = response.headers.get('x-request-id');
      if (requestId !== null) exchange.requestId = requestId;
      recording.reading = recordBody(response.clone(), recording);
      return response;
    } finally {
      exchange.durationMs = performance.now() - startedAt;
    }
  }
}
