import { defineConfig } from 'vitest/config';

const root = new URL('..', import.meta.url).pathname;
// A hang is found, and a slow machine is none: nothing here says how quick a test has to be.
const common = {
  root,
  testTimeout: 60_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    root,
    reporters: ['default', './test/support/rows-reporter.ts', './test/support/count-reporter.ts'],
    // Browsers and sockets on two cores: more at once would only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
          globalSetup: ['test/support/page-house.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/built-extension.ts'],
          testTimeout: 120_000,
          retry: 0,
        },
      },
    ],
  },
});
