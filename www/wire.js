// What really went out and came back, for the page to show. It sits under the client as its `fetch`.
const SHOWN = 65536;

export const cut = (text) =>
  text.length > SHOWN ? { text: text.slice(0, SHOWN), isCut: true } : { text, isCut: false };

// Piece by piece, since the client may end the exchange once it has seen enough: what had come by then is shown.
async function readAlong(response, exchange) {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  try {
    while (reader && exchange.responseBody.length <= SHOWN) {
      const { done, value } = await reader.read();
      if (done) break;
      exchange.responseBody += decoder.decode(value, { stream: true });
    }
    // Not awaited: it settles only when the client has let go of its half too.
    reader?.cancel().catch(() => {});
  } catch {
    // Ended from the other side.
  }
  exchange.duration = performance.now() - exchange.started;
}

export function createRecorder() {
  let last;
  return {
    /** Forgets the last exchange; called before each operation. */
    clear() {
      last = undefined;
    },
    /** The last exchange, once its body is read or has failed. */
    async last() {
      if (last) await Promise.race([last.reading, new Promise((resolve) => setTimeout(resolve, 250))]);
      return last;
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      const exchange = {
        method: request.method,
        url: request.url,
        requestBody: '',
        responseBody: '',
        started: performance.now(),
      };
      last = exchange;
      exchange.requestBody = await request.clone().text();
      try {
        const response = await fetch(request);
        exchange.status = response.status;
        exchange.requestId = response.headers.get('x-request-id') ?? undefined;
        exchange.reading = readAlong(response.clone(), exchange);
        return response;
      } finally {
        exchange.duration = performance.now() - exchange.started;
      }
    },
  };
}
