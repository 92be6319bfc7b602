import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@wfaib/source', 'module', 'browser', 'development|production'] },
  test: {
    name: 'ui',
    environment: 'happy-dom',
    include: ['src/**/*.spec.{ts,tsx}'],
    // Generous, as in the other projects: a busy machine is slow, not wrong.
    testTimeout: 60_000,
    expect: { poll: { timeout: 60_000, interval: 50 } },
  },
});
