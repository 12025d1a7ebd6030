// What really went out and came back, for the page to show. It sits under the client as its `fetch`.
const SHOWN = 65536;

export const cut = (text) => (text.length > SHOWN ? { text: text.slice(0, SHOWN), isCut: true } : { text, isCut: false });

export function createRecorder() {
  let last;
  return {
    /** Forgets the last exchange; called before each operation. */
    clear() { last = undefined; },
    /** The last exchange, once its body is read or has failed. */
    async last() {
      if (last) await Promise.race([last.reading, new Promise((resolve) => setTimeout(resolve, 250))]);
      return last;
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      const exchange = { method: request.method, url: request.url, requestBody: '', responseBody: '', started: performance.now() };
      last = exchange;
      exchange.requestBody = await request.clone().text();
      try {
        const response = await fetch(request);
        exchange.status = response.status;
        exchange.requestId = response.headers.get('x-request-id') ?? undefined;
        exchange.reading = response.clone().text().then(
          (text) => { exchange.responseBody = text; exchange.duration = performance.now() - exchange.started; },
          () => {});
        return response;
      } finally {
        exchange.duration = performance.now() - exchange.started;
      }
    },
  };
}
