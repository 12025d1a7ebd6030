// Asks the server of the console whether it answers. A browser reports a refused connection and a lost answer alike, so
// only this question, asked before a request, shows that nothing was sent.
import { apiFetch, apiUrl } from './api.js';

const TIMEOUT_MS = 5000;

/** Nothing was sent, because the server of the console did not answer before. */
export class UnreachableError extends Error {
  readonly isOnline: boolean;

  constructor() {
    super('The server of the console does not answer.');
    this.isOnline = navigator.onLine;
  }
}

export async function isReachable(): Promise<boolean> {
  try {
    await apiFetch(apiUrl('-/healthz'), { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}
