// Runs before the first paint, so that neither the theme nor the language flickers. A classic script, not bundled.
(() => {
  const stored = (name) => {
    // Storage may be refused (private windows, policies): then the browser's own settings hold.
    try { return localStorage.getItem('cts-tracker.' + name); } catch { return null; }
  };
  const root = document.documentElement;
  const theme = stored('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const locale = stored('locale') || (/^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en');
  root.lang = locale === 'zh-CN' ? 'zh-CN' : 'en';
})();
