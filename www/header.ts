// What all pages share: the choice of language and theme, the banner, and the version.
import { version } from 'cts-tracker';
import { announce } from './announce.js';
import type { Config } from './config.js';
import { byId } from './dom.js';
import { showEmulatorButton } from './emulator/button.js';
import { languageCode, setLanguage, t } from './i18n.js';
import { storeSetting } from './storage.js';

const SYSTEM_THEME = 'system';

function setTheme(theme: string): void {
  const { dataset } = document.documentElement;
  if (theme === SYSTEM_THEME) delete dataset.theme;
  else dataset.theme = theme;
  storeSetting('theme', theme === SYSTEM_THEME ? null : theme);
}

/** Lets the user choose the language and the theme. */
export function startHeader(onLanguageChange: () => void): void {
  const language = byId('language', HTMLSelectElement);
  language.value = languageCode();
  language.addEventListener('change', () => {
    setLanguage(language.value);
    onLanguageChange();
    announce(t('language.changed'));
  });
  const theme = byId('theme', HTMLSelectElement);
  theme.value = document.documentElement.dataset.theme ?? SYSTEM_THEME;
  theme.addEventListener('change', () => setTheme(theme.value));
}

export function showHeader(config: Config): void {
  const { mode, region = '' } = config;
  const banner = byId('banner');
  banner.hidden = false;
  banner.classList.toggle('real', mode === 'service');
  byId('banner-title').textContent = t(`banner.${mode}.title`);
  byId('banner-text').textContent =
    mode === 'service' ? t('banner.service.text', { region }) : t(`banner.${mode}.text`);
  showEmulatorButton(config);
  byId('version').textContent = t('page.version', { version });
}
