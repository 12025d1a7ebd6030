// Applies the stored theme and language before the first paint, so that neither flickers, and reports a main.js that
// cannot be loaded or parsed. It is a classic script because a module would run after the first paint.
import { readSetting } from './storage.js';

const root = document.documentElement;

const theme = readSetting('theme');
if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;

const language = readSetting('language') ?? (/^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en');
root.lang = language === 'zh-CN' ? 'zh-CN' : 'en';
// Screen readers read the title before main.js can set it.
if (root.lang === 'zh-CN') document.title = 'cts-tracker（非官方）';

const sourceOf = (event: Event): string => {
  if (event instanceof ErrorEvent) return event.filename;
  return event.target instanceof HTMLScriptElement ? event.target.src : '';
};

/** main.js, and the part of it that the build puts into a file of its own. */
const isMainScript = (source: string) => /\/(main|chunk-\w+)\.js$/.test(source);

addEventListener(
  'error',
  (event: Event) => {
    const notice = document.getElementById('load-error');
    if (notice && !('ready' in root.dataset) && isMainScript(sourceOf(event))) notice.hidden = false;
  },
  // Errors of a <script> do not bubble.
  true,
);
