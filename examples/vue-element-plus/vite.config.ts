import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue()],
  // In development, start `npx cts-tracker proxy` beside Vite: see ../vite-dev.
  server: { proxy: { '/v3': { target: 'http://127.0.0.1:8788', changeOrigin: false } } },
});
