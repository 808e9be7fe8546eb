import { afterAll, vi } from 'vitest';

// A module that an earlier file of this process loaded would keep its state, its clock and its globals.
vi.resetModules();

// For files that share a process: what one made up is gone before the next begins.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
