import { defineConfig } from 'vitest/config';

import { LongFirst } from './support/long-first.ts';

const root = new URL('..', import.meta.url).pathname;
// A hang is found, and a slow machine is none: nothing here says how quick a test has to be.
const common = {
  root,
  testTimeout: 60_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 30_000 } },
};
const E2E = ['test/e2e/**/*.test.ts'];
/** Files that leave nothing behind in their process: in one of its own each would be loaded for longer than many run. */
const SHARING = [
  'test/protocol/**/*.test.ts',
  'test/property/**/*.test.ts',
  'test/backend/{conformance,evil-operator,keys,legs,monitoring,plugins,routes,simulator,upstream}/**/*.test.ts',
  'test/extension/**/*.test.ts',
];
// A part of the tests is as quick with them where people look for them.
const isWhole = process.env.NV_ALL_TESTS === '1';
const unit = {
  ...common,
  name: 'unit',
  include: ['test/**/*.test.{ts,tsx}'],
  setupFiles: ['test/support/leave-no-trace.ts'],
};
/** Where the tests are that open pages. */
const HOUSE = ['test/support/page-house.ts'];
const sharing = {
  test: {
    ...unit,
    name: 'sharing',
    include: SHARING,
    globalSetup: HOUSE,
    isolate: false,
    server: { deps: { inline: ['webextension-polyfill'] } },
  },
};

export default defineConfig({
  test: {
    root,
    reporters: ['default', './test/support/rows-reporter.ts', './test/support/count-reporter.ts'],
    // One more than the cores of a small machine: many tests wait for a deadline, a process or a browser.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        test: {
          ...unit,
          exclude: isWhole ? [...E2E, ...SHARING] : E2E,
          globalSetup: isWhole ? [] : HOUSE,
        },
      },
      ...(isWhole ? [sharing] : []),
      {
        test: {
          ...common,
          name: 'e2e',
          include: E2E,
          globalSetup: ['test/support/built-extension.ts'],
          // Each file has browsers of its own; what drives them is loaded once.
          isolate: false,
          testTimeout: 120_000,
          retry: 0,
        },
      },
    ],
  },
});
