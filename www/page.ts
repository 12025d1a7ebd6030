import type { Account } from './account.js';
import type { Config } from './config.js';
import type { Route } from './router.js';

/** A page of the console. */
export interface Page {
  /** Shows the state of the page in the current language. */
  render(): void;
  /** Runs when the page is opened, and when the rest of its route changes. */
  show?(route: Route): void;
}

/** What all pages share. */
export interface Shell {
  readonly config: Config;
  readonly account: Account;
}

/** Opens a page in its element, once. */
export type OpenPage = (root: HTMLElement, shell: Shell) => Page;
