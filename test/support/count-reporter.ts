/** Prints `N passed, N failed` as the last line of a run, for people and for scripts that read only that line. */
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

// A default export because vitest loads reporters by path.
export default class CountReporter implements Reporter {
  passed = 0;
  failed = 0;
  skipped = 0;

  onInit() {
    // At exit and not at the end of the run: coverage and late teardown output come in between.
    process.once('exit', (code) => {
      // A run that failed for any other reason (no tests found, broken configuration) must not read as clean.
      if (code !== 0 && this.failed === 0) this.failed = 1;
      const skipped = this.skipped > 0 ? `, ${this.skipped} skipped` : '';
      process.stdout.write(`${this.passed} passed, ${this.failed} failed${skipped}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]) {
    this.passed = 0;
    this.skipped = 0;
    // Errors outside any test fail the run, so each counts as one failure.
    this.failed = unhandledErrors.length;
    for (const module of modules) this.count(module);
  }

  count(module: TestModule) {
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'passed') this.passed++;
      else if (state === 'skipped') this.skipped++;
      else this.failed++; // also `pending`: it never came to an end
    }
    // A file that does not load has no tests; a suite whose hook fails has only skipped ones.
    for (const suite of [module, ...module.children.allSuites()]) {
      if (suite.errors().length > 0) this.failed++;
    }
    if (module.state() === 'queued') this.failed++;
  }
}
