// The page's language: texts by key, filled into elements that carry `data-t`.

import { en as packageEn, zhCN as packageZhCN } from 'cts-tracker';
import { remember } from './memory.js';
import en from './texts.en.js';
import zh from './texts.zh-CN.js';

const catalogues = { en, 'zh-CN': zh };
let current = document.documentElement.lang in catalogues ? document.documentElement.lang : 'en';

export const locale = () => current;
/** The same language of the package's messages. */
export const packageLocale = () => (current === 'zh-CN' ? packageZhCN : packageEn);

/** A text; `values` is a number for a text that counts, else an object for its {placeholders}. */
export function t(key, values) {
  const text = catalogues[current][key];
  if (typeof text === 'function') return text(values);
  if (text === undefined) return key;
  return values ? text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '') : text;
}

export const has = (key) => key in catalogues[current];

export function translate(root = document) {
  document.documentElement.lang = current;
  document.title = t('page.title');
  for (const element of root.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', t(element.dataset.label));
}

export function setLocale(next) {
  current = next in catalogues ? next : 'en';
  remember('locale', current);
  translate();
}
