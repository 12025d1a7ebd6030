// Starts the console, whatever answers its requests.
import { warmup } from 'cts-tracker';
import { Account } from './account.js';
import { loadConfig } from './config.js';
import { byId } from './dom.js';
import { showHeader, startHeader } from './header.js';
import { t, translate } from './i18n.js';
import { Navigation } from './navigation.js';

async function openConsole(): Promise<void> {
  translate();
  const config = await loadConfig();
  const navigation = new Navigation({ config, account: new Account(config) });
  const render = () => {
    translate();
    showHeader(config);
    navigation.render();
  };
  startHeader(render);
  showHeader(config);
  await navigation.start();
  document.documentElement.dataset.ready = '';
  // Compiles the wasm before the first input. Without `wasm-unsafe-eval`, opening the page has already failed.
  await warmup();
}

export function start(): void {
  openConsole().catch((error: unknown) => {
    const notice = byId('start-error');
    notice.hidden = false;
    notice.textContent = t('page.failed', { reason: error instanceof Error ? error.message : String(error) });
  });
}
