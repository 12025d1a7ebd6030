// Settings that are kept between visits. Form values are never stored.

type Setting = 'language' | 'theme';

const keyOf = (setting: Setting) => `cts-tracker.${setting}`;

// Browsers can block storage (private windows, policies). Settings then last until the page is closed.

export function readSetting(setting: Setting): string | null {
  try {
    return localStorage.getItem(keyOf(setting));
  } catch {
    return null;
  }
}

/** Stores a setting; null removes it. */
export function storeSetting(setting: Setting, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(keyOf(setting));
    else localStorage.setItem(keyOf(setting), value);
  } catch {
    // See above.
  }
}
