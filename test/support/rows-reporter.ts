/** Fails a run of all tests in which a row of docs/rows.md was not proved by a test of its name. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

import { OWED, type PassedTest, readRows, unproved } from './row-proofs.ts';

// A default export because vitest loads reporters by path.
export default class RowsReporter implements Reporter {
  private root = '';
  private isWhole = false;

  onInit({ config, filenamePattern }: Vitest & { filenamePattern?: string[] }) {
    this.root = config.root;
    this.isWhole = (filenamePattern ?? []).length === 0 && process.env.NV_ALL_TESTS === '1';
  }

  onTestRunEnd(modules: readonly TestModule[]) {
    const passed = modules.flatMap((module) => this.passedIn(module));
    if (process.env.NV_TEST_NAMES) writeFileSync(process.env.NV_TEST_NAMES, JSON.stringify(passed));
    if (!this.isWhole) return;
    const faults = unproved(
      readRows(readFileSync(path.join(this.root, 'docs/rows.md'), 'utf8')),
      passed,
      OWED,
    );
    if (faults.length === 0) return;
    console.error(`Rows without their proof:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    process.exitCode = 1;
  }

  private passedIn(module: TestModule): PassedTest[] {
    const file = path.relative(this.root, module.moduleId).replaceAll('\\', '/');
    return [...module.children.allTests('passed')].map(({ fullName }) => ({ file, name: fullName }));
  }
}
