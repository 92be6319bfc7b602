import { defineConfig } from 'vitest/config';

// Packages are tested from their sources: the export condition spares a build.
const source = {
  resolve: { conditions: ['@wfaib/source'] },
  ssr: { resolve: { conditions: ['@wfaib/source', 'node', 'default'] } },
};

// Generous: a busy machine is slow, not wrong.
const expectation = { poll: { timeout: 60_000, interval: 50 } };

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'fast',
          include: ['{sdk,server,plugins/*,scripts}/**/*.spec.{ts,mjs}', 'test/{architecture,support}/**/*.spec.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.db.spec.ts'],
          testTimeout: 60_000,
          expect: expectation,
        },
      },
      {
        ...source,
        test: {
          name: 'db',
          include: ['server/src/**/*.db.spec.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          globalSetup: ['test/support/database.global-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 180_000,
          expect: expectation,
          // Specs mostly wait: for timers, leases, Temporal. Each has a database of its own.
          maxWorkers: 2,
        },
      },
      {
        ...source,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: expectation,
          // Each file has an installation of its own, and waits for it most of the time.
          maxWorkers: 2,
        },
      },
      {
        ...source,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.browser.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: expectation,
          // Each file has a server and a browser of its own.
          maxWorkers: 2,
        },
      },
      {
        ...source,
        test: {
          name: 'faults',
          include: ['test/faults/**/*.faults.ts'],
          testTimeout: 240_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        ...source,
        test: {
          name: 'bench',
          include: ['test/bench/**/*.bench.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      'ui/vitest.config.ts',
    ],
  },
});
