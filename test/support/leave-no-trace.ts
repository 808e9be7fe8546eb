import { afterAll, vi } from 'vitest';

// For files that share a process: what one made up is gone before the next begins.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
