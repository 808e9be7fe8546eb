import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';

import { Run, SCHEMA_VERSION } from '#protocol/run.ts';
import { RunEvent } from '#protocol/run-events.ts';

import { columnsOf, runFrom } from '../../../backend/store/database/run-columns.ts';

/** Runs as a release stored them, event by event, and what they came to then. Never made anew: that is what they are for. */
const Stored = z.array(
  z.object({
    verdict: z.string(),
    failure: z.nullable(z.string()),
    cause: z.nullable(z.string()),
    hops: z.int(),
    exchanges: z.array(z.int()),
    events: z.array(z.unknown()),
  }),
);
const folder = new URL('../../fixtures/stored/', import.meta.url);
const files = readdirSync(folder);

test('every version of the record that was ever stored has its fixture', () => {
  expect(files.toSorted()).toEqual(
    Array.from({ length: SCHEMA_VERSION }, (_, at) => `version-${at + 1}.json`).toSorted(),
  );
});

describe.each(files)('%s is read as it was', (file) => {
  const stored = Stored.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
  test.each(stored)('a run that ended as $verdict, $failure', (kept) => {
    const events = kept.events.map((event) => {
      const read = RunEvent.parse(event);
      expect(read).toEqual(event);
      return read;
    });
    const run = runFrom(events);
    expect(Run.parse(run)).toEqual(run);
    expect({
      verdict: run.verdict,
      failure: run.failure?.code ?? null,
      cause: run.cause?.code ?? null,
      hops: run.hops.length,
      exchanges: run.legs.map(({ exchanges }) => exchanges.length),
    }).toEqual({
      verdict: kept.verdict,
      failure: kept.failure,
      cause: kept.cause,
      hops: kept.hops,
      exchanges: kept.exchanges,
    });
    expect(columnsOf(run)).toMatchObject({ phase: 'ended', verdict: kept.verdict });
  });
});
