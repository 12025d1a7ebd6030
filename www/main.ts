// Starts the console.
import { warmup } from 'cts-tracker';
import { loadConfig } from './config.js';
import { openCreateTrackerPage } from './create-tracker/page.js';
import { byId } from './dom.js';
import { showHeader, startHeader } from './header.js';
import { t, translate } from './i18n.js';

async function start(): Promise<void> {
  translate();
  const config = await loadConfig();
  const page = openCreateTrackerPage(config);
  const render = () => {
    translate();
    showHeader(config);
    page.render();
  };
  startHeader(render);
  render();
  document.documentElement.dataset.ready = '';
  // Compiles the wasm before the first input. Without `wasm-unsafe-eval`, `render` has already failed.
  await warmup();
}

start().catch((error: unknown) => {
  const notice = byId('start-error');
  notice.hidden = false;
  notice.textContent = t('page.failed', { reason: error instanceof Error ? error.message : String(error) });
});
