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
/** Many small files whose modules remember nothing: in a process of its own each would be loaded for longer than it runs. */
const PURE = [
  'test/protocol/**/*.test.ts',
  'test/property/**/*.test.ts',
  'test/backend/{conformance,evil-operator,legs,plugins,routes,simulator,upstream}/**/*.test.ts',
  'test/extension/{walker,runner,backend-client}/**/*.test.ts',
];
// A part of the tests is as quick with them where people look for them.
const isWhole = process.env.NV_ALL_TESTS === '1';
const unit = {
  ...common,
  name: 'unit',
  include: ['test/**/*.test.{ts,tsx}'],
  setupFiles: ['test/support/leave-no-trace.ts'],
};
const pure = { test: { ...unit, name: 'pure', include: PURE, isolate: false } };

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
          exclude: isWhole ? [...E2E, ...PURE] : E2E,
          globalSetup: ['test/support/page-house.ts'],
        },
      },
      ...(isWhole ? [pure] : []),
      {
        test: {
          ...common,
          name: 'e2e',
          include: E2E,
          globalSetup: ['test/support/built-extension.ts'],
          testTimeout: 120_000,
          retry: 0,
        },
      },
    ],
  },
});
