// The locale of a client, for functions that take the client as an argument.
import type { Locale } from '../messages/locale.js';
import type { CtsClient } from './types.js';

// Copies of the package share the symbol.
const clientLocale = (): symbol => Symbol.for('cts-tracker.locale');

export function withLocale(client: CtsClient, locale: Locale | undefined): CtsClient {
  return Object.defineProperty(client, clientLocale(), { value: locale });
}

/** Undefined also for a client that somebody else made. */
export function localeOf(client: CtsClient): Locale | undefined {
  return Reflect.get(client, clientLocale());
}
