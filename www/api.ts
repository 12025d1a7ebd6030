// The signing proxy: beside the files of the console on its server, or in the page itself in the playground.

type Answer = (request: Request) => Promise<Response>;

let answer: Answer = (request) => fetch(request);

/** The URL of a path of the signing proxy. */
export const apiUrl = (path: string): URL => new URL(`api/${path}`, new URL('.', location.href));

/** Sends a request to the signing proxy. */
export const apiFetch = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
  answer(new Request(input, init));

/** Answers all requests to the signing proxy by a function instead of by the server. */
export function answerBy(other: Answer): void {
  answer = other;
}
