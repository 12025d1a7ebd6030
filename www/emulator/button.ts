// The button in the banner that opens the drawer of the emulator. It does not exist beside the real service.
import { announce } from '../announce.js';
import type { Config } from '../config.js';
import { byId, h } from '../dom.js';
import { t } from '../i18n.js';
import type { EmulatorDrawer } from './drawer.js';

let button: HTMLButtonElement | undefined;
let drawer: EmulatorDrawer | undefined;

async function toggle(opener: HTMLElement, region: string): Promise<void> {
  try {
    const { EmulatorDrawer: Drawer } = await import('./drawer.js');
    drawer ??= new Drawer(opener, region);
  } catch {
    announce(t('page.notLoaded'));
    return;
  }
  if (drawer.isOpen) drawer.close();
  else drawer.open();
}

export function showEmulatorButton({ mode, region = '' }: Config): void {
  if (mode === 'service') return;
  if (!button) {
    const opener: HTMLButtonElement = h('button', {
      type: 'button',
      class: 'link',
      id: 'emulator-button',
      'aria-expanded': 'false',
      onclick: () => void toggle(opener, region),
    });
    button = opener;
    byId('banner').append(' ', opener);
  }
  button.textContent = t('emulator.button');
  drawer?.render();
}
