// Opens the page that the address names, and marks it in the navigation.
import { byId, h, render } from './dom.js';
import { languageCode, t, translate } from './i18n.js';
import type { Page, Shell } from './page.js';
import { pages } from './pages.js';
import { currentRoute, hrefOf, type PageName, pageNames } from './router.js';

const elementOf = (name: PageName) => byId(`page-${name}`);

export class Navigation {
  readonly #shell: Shell;
  readonly #opened = new Map<PageName, Page>();
  #current: PageName | undefined;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** Opens the page of the address. */
  async start(): Promise<void> {
    addEventListener('hashchange', () => void this.#follow());
    byId('skip').addEventListener('click', (event) => {
      // The address names the page, so the link must not change it.
      event.preventDefault();
      this.#focus();
    });
    await this.#open();
  }

  render(): void {
    const { page: name } = currentRoute();
    render(byId('pages'), [languageCode(), name], () =>
      pageNames.map((each) =>
        h('a', { href: hrefOf(each), 'aria-current': each === name && 'page' }, t(pages[each].heading)),
      ),
    );
    byId('heading').textContent = t(pages[name].heading);
    byId('lead').textContent = t(pages[name].lead);
    document.title = t('page.title', { page: t(pages[name].heading) });
    this.#shell.account.render();
    this.#opened.get(name)?.render();
  }

  async #follow(): Promise<void> {
    const before = this.#current;
    const error = byId('page-error');
    error.hidden = true;
    try {
      await this.#open();
    } catch {
      error.hidden = false;
      error.textContent = t('page.notLoaded');
    }
    if (this.#current !== before) this.#focus();
  }

  async #open(): Promise<void> {
    const { page: name } = currentRoute();
    if (!this.#opened.has(name)) {
      const open = await pages[name].load();
      if (!this.#opened.has(name)) this.#opened.set(name, open(elementOf(name), this.#shell));
      translate();
    }
    // The user may have gone on to another page while this one was loading.
    const route = currentRoute();
    if (route.page !== name) return;
    for (const each of pageNames) elementOf(each).hidden = each !== name;
    this.#current = name;
    this.render();
    this.#opened.get(name)?.show?.(route);
  }

  #focus(): void {
    byId('heading').focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }
}
