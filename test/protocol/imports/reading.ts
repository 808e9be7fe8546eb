import { exportBundle } from '#protocol/exports/bundle.ts';
import { readImport } from '#protocol/imports/read-import.ts';

import { contextOf } from '../../fixtures/runs/export-fixtures.ts';

/** A bundle whose runs are anything. */
export function bundleWith(runs: unknown[], change: object = {}): string {
  return JSON.stringify({ ...JSON.parse(exportBundle([], contextOf([]))), ...change, runs });
}

/** Why a file was refused; null if it was not. */
export function problemOf(text: string) {
  const read = readImport(text);
  return read.ok ? null : read.problem;
}

export function readable(text: string) {
  const read = readImport(text);
  if (!read.ok) throw new Error(read.problem.code);
  return read;
}
