// The parts of Node's messages that the handler uses, so that the types of Node are not needed.

/** An `IncomingMessage` of Node. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  rawHeaders: readonly string[];
  /** The whole message was received. */
  complete: boolean;
  readableEnded: boolean;
  socket: NodeSocket;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  on(event: string, listener: (...values: any[]) => void): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  removeListener(event: string, listener: (...values: any[]) => void): unknown;
  pause(): unknown;
}

/** A `ServerResponse` of Node. */
export interface NodeResponse {
  destroyed: boolean;
  writableFinished: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  writeHead(status: number, headers?: any): NodeResponse;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  write(part: any, callback?: any): unknown;
  flushHeaders(): void;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  end(data?: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  on(event: string, listener: (...values: any[]) => void): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of Node's method have no common type
  removeListener(event: string, listener: (...values: any[]) => void): unknown;
}

export interface NodeSocket {
  destroyed: boolean;
  remoteAddress?: string | undefined;
  destroy(): unknown;
  /** Node 18.3 and later. */
  resetAndDestroy?(): unknown;
}

/** The header section of raw headers, or nothing if one of them is not a line. */
export function rawSection(rawHeaders: readonly string[]): string | undefined {
  let section = '';
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const line = `${rawHeaders[i]}:${rawHeaders[i + 1]}`;
    // A lenient parser may leave one in a folded value.
    if (line.includes('\n')) return undefined;
    section += `${line}\n`;
  }
  return section;
}
