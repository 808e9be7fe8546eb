import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
const common = { root, testTimeout: 20_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    root,
    reporters: ['default', './test/support/rows-reporter.ts', './test/support/count-reporter.ts'],
    // Browsers and sockets on two cores: more at once would only wait for each other.
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**'] } },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/built-extension.ts'],
          testTimeout: 60_000,
          retry: 0,
        },
      },
    ],
  },
});
