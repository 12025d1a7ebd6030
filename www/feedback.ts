// Shows on a button what it did.
import { announce } from './announce.js';
import { type PlainTextKey, t } from './i18n.js';

const SHOWN_MS = 1600;

/** Announces a text, and shows it on the button in the place of its own text for a moment. */
export function showBriefly(button: HTMLElement, text: string, own: PlainTextKey): void {
  announce(text);
  button.textContent = text;
  setTimeout(() => {
    button.textContent = t(own);
  }, SHOWN_MS);
}
