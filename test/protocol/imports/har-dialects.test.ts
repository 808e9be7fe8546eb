import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { canonicalJson } from '#protocol/exports/canonical-json.ts';
import { redactRun } from '#protocol/exports/redact-run.ts';
import { MOST_HOPS } from '#protocol/imports/foreign-chains.ts';
import { MOST_ENTRIES, readHar } from '#protocol/imports/read-har.ts';
import { Run } from '#protocol/run.ts';
import { asExpected } from '#protocol/run-reading.ts';

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/runs/${name}.har`, import.meta.url), 'utf8');
}

function read(name: string) {
  const read = readHar(fixture(name));
  if (!read.ok) throw new Error(read.problem.code);
  return read;
}

function onlyRun(name: string): Run {
  const { runs } = read(name);
  expect(runs).toHaveLength(1);
  return runs[0]?.run as Run;
}

const FILES = ['chrome', 'firefox', 'charles', 'har-1.1'];

describe.each(FILES)('a HAR file as %s writes it (E4)', (name) => {
  test('is read to a valid run that is imported and counts as nothing', () => {
    const run = onlyRun(name);
    expect(Run.parse(run)).toEqual(run);
    expect(run.origin).toBe('imported');
    expect(run.verdict).toBe('unknown');
    expect(asExpected(run)).toBe('inconclusive');
    expect(read(name).problems).toEqual([]);
  });

  test('is the same run, by the same id, each time it is read (E11)', () => {
    expect(canonicalJson(onlyRun(name))).toBe(canonicalJson(onlyRun(name)));
  });

  test('is redacted as it comes in (E9)', () => {
    const run = onlyRun(name);
    const text = JSON.stringify(run);
    for (const secret of ['SplxlOBe', 'af0ifjsl', '778899', '1f5c9a0b', 'YXBwLTE6', 'Zk3x9QpL']) {
      expect(text).not.toContain(secret);
    }
    expect(canonicalJson(redactRun({ ...run, ownerId: '‹owner:1›' }))).toBe(
      canonicalJson({ ...run, ownerId: '‹owner:1›' }),
    );
  });
});

describe('the chain in a recording', () => {
  test('of Chrome has the browser’s own rewrite as a mark, and ends before the callback', () => {
    const { hops, chainEnd, legs, profile } = onlyRun('chrome');
    expect(hops.map(({ index, madeBy, status }) => [index, madeBy, status])).toEqual([
      [1, 'network', 302],
      [1, 'browser', 307],
      [2, 'network', 302],
    ]);
    expect(hops.map(({ role }) => role)).toEqual(['authorize', 'authorize', 'unknown']);
    expect(hops[0]?.ip).toBe('2001:db8::17');
    expect(chainEnd).toMatchObject({
      kind: 'callback',
      url: 'https://app.example/callback?code=‹code:1›&state=‹state:1›',
    });
    expect(legs.map(({ outcome }) => outcome)).toEqual(['passed', 'unknown', 'unknown']);
    expect(profile.clientId).toBe('app-1');
    expect(profile.redirectUri).toBe('https://app.example/callback');
  });

  test('of Firefox keeps its own clock, and resolves a destination that is relative and has a fragment', () => {
    const run = onlyRun('firefox');
    expect(run.utcOffsetMinutes).toBe(60);
    expect(new Date(run.startedAt).toISOString()).toBe('2026-11-22T12:55:00.100Z');
    expect(run.hops.map(({ url }) => url)).toHaveLength(2);
    expect(run.hops[0]).toMatchObject({
      location: '/detour#frag',
      nextUrl: 'https://api.op.example/detour',
      cookiesSent: ['gw'],
    });
    expect(run.chainEnd?.kind).toBe('page');
  });

  test('of Charles goes by Location where redirectURL is null, and leaves tunnels out', () => {
    const run = onlyRun('charles');
    expect(run.hops.map(({ url }) => new URL(url).hostname)).toEqual(['api.op.example', 'he.op.example']);
    expect(run.hops[1]?.notes).toEqual(['plain_http']);
    expect(run.localDay).toBe('2026-11-22');
    expect(run.chainEnd?.kind).toBe('callback');
  });

  test('without an authorize request is any chain of redirects; pictures are none (HAR 1.1)', () => {
    const run = onlyRun('har-1.1');
    expect(run.hops.map(({ url, role }) => [new URL(url).pathname, role])).toEqual([
      ['/a', 'unknown'],
      ['/b', 'unknown'],
    ]);
    // The last destination is not in the file.
    expect(run.chainEnd).toMatchObject({ kind: 'interrupted', url: 'https://www.op.example/c' });
  });

  test('tells of secrets where there were some (E9)', () => {
    expect(FILES.map((name) => read(name).containsSecret)).toEqual([true, true, true, false]);
  });
});

describe('a recording that cannot be read whole', () => {
  const har = () =>
    JSON.parse(fixture('chrome')) as { log: { version: unknown; entries: Record<string, never>[] } };
  const readAltered = (alter: (log: ReturnType<typeof har>['log']) => void) => {
    const file = har();
    alter(file.log);
    return readHar(JSON.stringify(file));
  };

  test.each([
    ['2.0', 'import.unsupported_version'],
    ['1.3', 'import.unsupported_version'],
    [7, 'import.unsupported_version'],
  ])('because of its version %j (E5)', (version, code) => {
    const read = readAltered((log) => {
      log.version = version;
    });
    expect(read).toMatchObject({ ok: false, problem: { code, field: 'log.version' } });
  });

  test.each<[field: string, entry: object]>([
    ['request.url', { request: { url: 17 } }],
    ['request.url', { request: { url: 'not a url' } }],
    ['request.url', { request: { url: `https://a.example/${'x'.repeat(1_000_000)}` } }],
    ['startedDateTime', { startedDateTime: 'yesterday' }],
    ['startedDateTime', { startedDateTime: '+275760-09-13T00:00:00Z' }],
    ['time', { time: -5 }],
    ['time', { time: 1e300 }],
    ['time', { time: 'NaN' }],
    ['response.status', { response: { status: 99999 } }],
    ['response.status', { response: { status: 20.5 } }],
    ['request.headers', { request: { headers: [{ name: 1, value: 'x' }] } }],
    ['response.headers', { response: { headers: 'x' } }],
  ])('names the entry and %s, and keeps the others (E4, E10)', (field, change) => {
    const read = readAltered((log) => {
      const bad = structuredClone(log.entries[5]) as Record<string, object>;
      for (const [name, inner] of Object.entries(change)) {
        bad[name] = typeof inner === 'object' ? { ...bad[name], ...inner } : inner;
      }
      log.entries.push(bad as never);
    });
    if (!read.ok) throw new Error(read.problem.code);
    expect(read.problems).toEqual([{ code: 'import.bad_entry', index: 6, field, found: null }]);
    expect(read.runs).toHaveLength(1);
    expect(read.runs[0]?.run.hops).toHaveLength(3);
  });

  test('because no redirect is in it (E3)', () => {
    const read = readAltered((log) => {
      log.entries = log.entries.slice(4);
    });
    expect(read).toMatchObject({
      ok: false,
      problem: { code: 'import.wrong_format', found: 'no_redirects' },
    });
  });

  test('because it has more entries than anyone looks at (E6)', () => {
    const read = readHar(
      JSON.stringify({ log: { version: '1.2', entries: Array(MOST_ENTRIES + 1).fill({}) } }),
    );
    expect(read).toMatchObject({ ok: false, problem: { code: 'import.too_many_entries' } });
  });
});

test('a loop of twenty thousand rounds is read in less than two seconds (E6)', () => {
  const url = 'https://a.example/';
  const entry = {
    startedDateTime: '2026-11-22T12:55:00Z',
    time: 1,
    request: { method: 'GET', url, headers: [] },
    response: { status: 302, headers: [], redirectURL: url },
  };
  const text = JSON.stringify({ log: { version: '1.2', entries: Array(20_000).fill(entry) } });
  const before = process.threadCpuUsage();
  const read = readHar(text);
  // Of the processor's time: what else a machine does in the meantime is not ours.
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(2000);
  if (!read.ok) throw new Error(read.problem.code);
  expect(read.runs.map(({ run }) => run.hops.length)).toEqual([MOST_HOPS]);
  expect(read.runs[0]?.run.chainEnd?.kind).toBe('interrupted');
});
