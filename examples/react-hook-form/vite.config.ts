import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // In development, start `npx cts-tracker proxy` beside Vite: see ../vite-dev.
  server: { proxy: { '/v3': { target: 'http://127.0.0.1:8788', changeOrigin: false } } },
});
