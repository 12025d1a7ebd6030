// Opens the dialog of "Import", whose code is loaded when it is opened first.
import { announce } from '../announce.js';
import { t } from '../i18n.js';
import type { State } from './state.js';

export async function openImport(state: State): Promise<void> {
  try {
    const { openImportDialog } = await import('../import/dialog.js');
    openImportDialog(state);
  } catch {
    announce(t('page.notLoaded'));
  }
}
