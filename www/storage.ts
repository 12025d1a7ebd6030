// What the browser keeps: settings between visits, and the draft of a form as long as its tab is open.

type Setting = 'language' | 'theme';

const keyOf = (name: string) => `cts-tracker.${name}`;

// Browsers can block storage (private windows, policies). Values then last until the page is closed.

function read(storage: () => Storage, name: string): string | null {
  try {
    return storage().getItem(keyOf(name));
  } catch {
    return null;
  }
}

function store(storage: () => Storage, name: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(keyOf(name));
    else storage().setItem(keyOf(name), value);
  } catch {
    // See above.
  }
}

export const readSetting = (setting: Setting): string | null => read(() => localStorage, setting);

/** Stores a setting; null removes it. */
export const storeSetting = (setting: Setting, value: string | null): void => store(() => localStorage, setting, value);

export const readSessionValue = (name: string): string | null => read(() => sessionStorage, name);

/** Stores a value for this tab; null removes it. */
export const storeSessionValue = (name: string, value: string | null): void => store(() => sessionStorage, name, value);
