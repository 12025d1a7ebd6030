// Which page the address names: `#/create/review` is the page `create` with the step `review`.

export const pageNames = ['create', 'check-buckets', 'validate-file', 'trackers'] as const;
export type PageName = (typeof pageNames)[number];

export interface Route {
  readonly page: PageName;
  /** The rest of the path, `review` for `#/create/review`; empty for the page itself. */
  readonly step: string;
  readonly query: URLSearchParams;
}

const isPageName = (name: string): name is PageName => pageNames.some((known) => known === name);

/** The route of a hash. An unknown page gives the first one. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [name = '', ...step] = path.split('/');
  return isPageName(name)
    ? { page: name, step: step.join('/'), query: new URLSearchParams(query) }
    : { page: 'create', step: '', query: new URLSearchParams() };
}

export const hrefOf = (page: PageName, step = ''): string => `#/${page}${step === '' ? '' : `/${step}`}`;

export const currentRoute = (): Route => parseRoute(location.hash);

/** Opens a route; `replace` leaves no entry in the history. */
export function navigate(href: string, { replace = false } = {}): void {
  if (replace) location.replace(href);
  else location.hash = href;
}
