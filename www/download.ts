import { h } from './dom.js';

/** Saves a text as a file. */
export function download(fileName: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: url, download: fileName }).click();
  URL.revokeObjectURL(url);
}
