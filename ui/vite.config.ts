import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `vite dev` finds the server, which wants requests to come from its own address. */
const target = process.env['WFAIB_DEV_SERVER'] ?? 'http://127.0.0.1:3000';
const server = { target, changeOrigin: false };

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { conditions: ['@wfaib/source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023', chunkSizeWarningLimit: 700, manifest: true },
  worker: { format: 'es' },
  server: { port: 3150, strictPort: true, proxy: { '/api': server, '/health': server, '/hooks': server } },
});
