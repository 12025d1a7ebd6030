import { defineConfig } from 'vite';

const { CTS_PROXY = 'http://127.0.0.1:8788' } = process.env;

export default defineConfig({
  server: {
    proxy: {
      // `npx cts-tracker proxy` runs there. It accepts a page whose origin is the host of the request, so Vite must not
      // change the host. The short form, `'/v3': CTS_PROXY`, does change it, and the proxy answers `origin_not_allowed`.
      '/v3': { target: CTS_PROXY, changeOrigin: false },
    },
  },
});
