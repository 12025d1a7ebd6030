// What the page remembers between visits: language and theme, nothing of what was typed.
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(`cts-tracker.${name}`);
    else localStorage.setItem(`cts-tracker.${name}`, value);
  } catch {
    // Storage may be refused; the choice then lasts for this visit.
  }
}
