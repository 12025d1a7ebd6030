// Messages for screen readers.
import { byId } from './dom.js';

let pending: ReturnType<typeof setTimeout> | undefined;

/** Announces a text after a delay; a later call replaces it. A live region is read only when its text changes. */
export function announce(text: string, delayMs = 60): void {
  const live = byId('live');
  live.textContent = '';
  clearTimeout(pending);
  pending = setTimeout(() => {
    live.textContent = text;
  }, delayMs);
}
