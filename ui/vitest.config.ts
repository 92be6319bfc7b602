import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@wfaib/source', 'module', 'browser', 'development|production'] },
  test: {
    name: 'ui',
    environment: 'happy-dom',
    include: ['src/**/*.spec.{ts,tsx}'],
  },
});
