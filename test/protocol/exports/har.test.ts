import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exportHar } from '#protocol/exports/har.ts';
import { redactRun } from '#protocol/exports/redact-run.ts';
import { failureOf } from '#protocol/failure.ts';
import { asRecorded } from '#protocol/imports/imported.ts';
import { readHar } from '#protocol/imports/read-har.ts';
import type { Run } from '#protocol/run.ts';

import {
  careless,
  contextOf,
  recording,
  recordings,
  runSaying,
} from '../../fixtures/runs/export-fixtures.ts';
import { anyText, fuzz } from '../../property/fuzz.ts';
import { hopOf } from '../../support/fixtures.ts';
import { harFaults } from './har-rules.ts';

interface Har {
  log: {
    pages: { id: string; _runId: string }[];
    entries: {
      pageref: string;
      request: { url: string; _url?: string; method: string };
      response: { status: number; redirectURL: string };
      comment?: string;
      _role: string;
      _leg: string;
      _failure: string | null;
      _runId: string;
      _hop?: { madeBy: string; index: number };
    }[];
  };
}

function harOf(runs: readonly Run[]): Har {
  return JSON.parse(exportHar(runs, contextOf(runs))) as Har;
}

/** A chain the browser turned from http to https on its way, and that broke at the end. */
function upgraded(): Run {
  const hops = [
    hopOf({ index: 1, nextUrl: 'http://he.operator.test/enrich?ticket=‹ticket:1›', location: '/enrich' }),
    hopOf({
      index: 1,
      madeBy: 'browser',
      role: 'enrichment',
      url: 'http://he.operator.test/enrich?ticket=‹ticket:1›',
      status: 307,
      ip: null,
      durationMs: null,
      nextUrl: 'https://he.operator.test/enrich?ticket=‹ticket:1›',
      notes: ['upgraded_by_browser'],
    }),
    hopOf({
      index: 2,
      role: 'enrichment',
      url: 'https://he.operator.test/enrich?ticket=‹ticket:1›',
      status: null,
      ip: null,
      durationMs: null,
      error: { code: 'connect', raw: 'net::ERR_CONNECTION_REFUSED' },
    }),
  ];
  return recording('match', { hops, failure: failureOf('authorize.connect', { hop: 2 }), verdict: 'failed' });
}

describe('an export as HAR', () => {
  test('is HAR 1.2 by its specification, also of broken chains and absurd texts', () => {
    const files = [recordings(), [upgraded()], [], [careless(), careless()]];
    for (const runs of files) expect(harFaults(harOf(runs))).toEqual([]);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(harFaults(harOf([runSaying(text)]))).toEqual([]);
      }),
      fuzz(30),
    );
  });

  test('and the rules see a file that is none', () => {
    const har = harOf(recordings());
    const [entry] = har.log.entries;
    expect(harFaults({ log: { ...har.log, version: '1.3' } })).toEqual(['.log.version is not 1.2']);
    expect(harFaults({ log: { ...har.log, entries: [{ ...entry, time: -1 }] } })).toEqual([
      '.log.entries[0].time is no span',
    ]);
    expect(harFaults({ log: { ...har.log, pages: [] } })[0]).toBe('entry 0 belongs to no page');
  });

  test('keeps every redirect as an entry of its own, in order, and then the exchanges', () => {
    const run = recording('match');
    const { entries } = harOf([run]).log;
    expect(entries.map(({ _leg }) => _leg)).toEqual([
      ...run.hops.map(() => 'authorize'),
      'token',
      'premiuminfo',
    ]);
    expect(entries.slice(0, run.hops.length).map(({ request }) => request._url ?? request.url)).toEqual(
      run.hops.map(({ url }) => url),
    );
    for (const [at, hop] of run.hops.entries()) {
      expect(entries[at]?.response.redirectURL).toBe(hop.nextUrl ?? '');
      expect(entries[at]?._role).toBe(hop.role);
      expect(entries[at]?._runId).toBe(run.id);
    }
  });

  test('has the hop that only the browser made, says so, and names the failure where it was seen', () => {
    const { entries } = harOf([upgraded()]).log;
    const hops = entries.filter(({ _hop }) => _hop);
    expect(hops.map(({ _hop }) => _hop?.madeBy)).toEqual(['network', 'browser', 'network']);
    expect(hops.map(({ comment }) => comment !== undefined)).toEqual([false, true, false]);
    expect(hops.map(({ _failure }) => _failure)).toEqual([null, null, 'authorize.connect']);
    expect(hops[1]?.response.redirectURL).toBe('https://he.operator.test/enrich?ticket=‹ticket:1›');
  });

  test('is read back as the same runs (E17)', () => {
    const runs = [...recordings(), upgraded()];
    const back = readHar(exportHar(runs, contextOf(runs)));
    expect(back).toMatchObject({ ok: true, format: 'har', problems: [], containsSecret: false });
    if (back.ok) expect(back.runs.map(asRecorded)).toEqual(runs.map((run) => redactRun(run)));
  });

  test('is read back as the same runs twice, if a run is in it twice', () => {
    const runs = [recording('match'), recording('match')];
    const back = readHar(exportHar(runs, contextOf(runs)));
    if (!back.ok) throw new Error(back.problem.code);
    expect(back.runs.map(asRecorded)).toEqual(runs);
  });
});
