// Runs before the first paint, so that neither the theme nor the language flickers, and tells of a main.js that does not. A classic script, not bundled.
(() => {
  const stored = (name) => {
    // Storage may be refused (private windows, policies): then the browser's own settings hold.
    try {
      return localStorage.getItem('cts-tracker.' + name);
    } catch {
      return null;
    }
  };
  const root = document.documentElement;
  const theme = stored('theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const locale = stored('locale') || (/^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en');
  root.lang = locale === 'zh-CN' ? 'zh-CN' : 'en';
  // The title is read out before main.js can set it.
  if (root.lang === 'zh-CN') document.title = '创建追踪器 – 云审计服务';

  // main.js tells of its own failures; that it was not found or not understood, only this script can tell.
  addEventListener(
    'error',
    (event) => {
      if ('ready' in root.dataset || !/\/main\.js$/.test(event.filename ?? event.target.src)) return;
      document.getElementById('unloaded').hidden = false;
    },
    true,
  );
})();
