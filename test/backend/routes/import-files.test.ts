import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { exportBundle } from '#protocol/exports/bundle.ts';
import { exportHar } from '#protocol/exports/har.ts';
import { RunsReply } from '#protocol/history-api.ts';
import { ImportRunReply } from '#protocol/history-requests.ts';
import { asRecorded } from '#protocol/imports/imported.ts';

import { contextOf, recordings } from '../../fixtures/runs/export-fixtures.ts';
import { readable } from '../../protocol/imports/reading.ts';
import { type Bench, call, startBench } from '../../support/bench.ts';
import { readRun } from '../../support/node-walker.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

async function importFile(text: string): Promise<string[]> {
  const results: string[] = [];
  for (const one of readable(text).runs) {
    const reply = await call(bench, 'POST', '/v1/imports', { run: asRecorded(one) });
    results.push(ImportRunReply.parse(await reply.json()).result);
  }
  return results;
}

describe('a file of runs that went through the backend', () => {
  const runs = recordings();
  const context = contextOf(runs);
  const bundle = exportBundle(runs, context);

  test('is the same to the byte when its runs are exported again (E17)', async () => {
    expect(await importFile(bundle)).toEqual(['imported', 'imported', 'imported']);
    const kept = await Promise.all(runs.map(({ id }) => readRun(bench, id)));
    expect(exportBundle(kept, context)).toBe(bundle);
    expect(exportHar(kept, context)).toBe(exportHar(runs, context));
  });

  test('makes nothing twice, as the same bundle or as HAR of the same runs (E11)', async () => {
    expect(await importFile(bundle)).toEqual(['already_here', 'already_here', 'already_here']);
    expect(await importFile(exportHar(runs, context))).toEqual([
      'already_here',
      'already_here',
      'already_here',
    ]);
    const list = await call(bench, 'GET', '/v1/runs?origin=imported');
    expect(RunsReply.parse(await list.json()).runs).toHaveLength(runs.length);
  });
});
