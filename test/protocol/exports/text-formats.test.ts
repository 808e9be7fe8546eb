import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { curlOfHop, exportCurl } from '#protocol/exports/curl.ts';
import { curlOf } from '#protocol/exports/curl-command.ts';
import { exportFileName } from '#protocol/exports/file-name.ts';
import { exportMarkdown } from '#protocol/exports/markdown.ts';
import type { Run } from '#protocol/run.ts';
import { FORMATS } from '../../fixtures/runs/every-format.ts';
import { contextOf, ENGLISH, recording, recordings, runSaying } from '../../fixtures/runs/export-fixtures.ts';
import { anyText, fuzz } from '../../property/fuzz.ts';
import { hopOf } from '../../support/fixtures.ts';
import { XSS_PAYLOADS } from '../../support/xss-payloads.ts';

/** What a shell hands to a program of the name, by a real shell. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for one in "$@"; do printf '%s\\0' "$one"; done; }\n${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a request as a curl command', () => {
  test('is the arguments of one command, whatever a header, a URL or a body says (E8)', () => {
    for (const payload of XSS_PAYLOADS) {
      const request = {
        method: 'POST',
        url: `https://a.example/?x=${payload}`,
        headers: [{ name: 'X-Echo', value: payload }],
        body: payload,
      };
      expect(argumentsOf(curlOf(request))).toEqual([
        ...['-sS', '-i', '--globoff', '-X', 'POST', '--url', request.url],
        ...['-H', `X-Echo: ${payload}`, '--data-raw', payload],
      ]);
    }
  });

  test('keeps the stand-ins of the record, and names GET where a body would make it a POST', () => {
    const headers = [{ name: 'Authorization', value: 'Basic ‹basic:1›' }];
    const given = { url: 'https://x.test/token', headers, body: 'code=‹code:1›' };
    expect(curlOf({ method: 'POST', ...given })).toContain(
      "-H 'Authorization: Basic ‹basic:1›' \\\n  --data-raw 'code=‹code:1›'",
    );
    expect(argumentsOf(curlOf({ method: 'GET', ...given })).slice(3, 5)).toEqual(['-X', 'GET']);
  });

  test('leaves out what curl makes itself, and names that curl would take for a file', () => {
    const headers = ['Host', 'Sec-Fetch-Mode', '@/etc/passwd', 'Accept'].map((name) => ({
      name,
      value: 'x',
    }));
    const given = argumentsOf(curlOf({ method: 'GET', url: '-o/tmp/x', headers, body: null }));
    expect(given).toEqual(['-sS', '-i', '--globoff', '--url', '-o/tmp/x', '-H', 'Accept: x']);
  });

  test('is none for a hop that only the browser made', () => {
    expect(curlOfHop(hopOf({ madeBy: 'browser' }))).toBeNull();
  });
});

describe('an export as curl commands', () => {
  test('has one for every request, and starts none of them when it is run', () => {
    const runs = recordings();
    const text = exportCurl(runs, contextOf(runs));
    const requests = runs.flatMap(({ hops, legs }) => [
      ...hops,
      ...legs.flatMap(({ exchanges }) => exchanges),
    ]);
    expect(text.match(/^curl /gm)).toHaveLength(requests.length);
    expect(argumentsOf(text)).toEqual([]);
  });

  test('has comments that end with their line', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [before = ''] = exportCurl([runSaying(text)], contextOf([])).split('\nexit\n');
        for (const line of before.split('\n')) expect(line).toMatch(/^# /);
      }),
      fuzz(40),
    );
    const run = recording('match', { scenario: null });
    const broken = { ...run, profile: { ...run.profile, id: 'a\ntouch /tmp/pwned' } };
    expect(exportCurl([broken], contextOf([]))).not.toMatch(/^touch/m);
  });
});

describe('an export as Markdown', () => {
  const of = (runs: readonly Run[]) => exportMarkdown(runs, contextOf(runs), ENGLISH);

  test('is headings, lists and tables of its own, whatever a record says (E8)', () => {
    const shape = (text: string) =>
      text.split('\n').map((line) => /^(?:#+ |- \*\*|\| |$)/.exec(line)?.[0] ?? 'text');
    const plain = shape(of([runSaying('plain')]));
    for (const payload of XSS_PAYLOADS) {
      const text = of([runSaying(payload)]);
      expect([payload, shape(text)]).toEqual([payload, plain]);
      // What makes markup of words is escaped everywhere.
      expect(text).not.toMatch(/(?<!\\)(?:<[a-z/!]|\]\(|`)/i);
    }
  });

  test.each([
    'https://evil.test/x',
    'HTTP://evil.test',
    'ftp://evil.test',
    '_www.evil.test',
    'WWW.evil.test',
    'a@evil.test',
    '@everyone',
    '&#64;everyone',
    '#1234',
  ])('makes no link and calls nobody by %s (E8)', (words) => {
    const text = of([runSaying(words)]);
    expect(text).not.toMatch(/:\/\/|www\.|@[a-z]|(?<!\\)&(?!#8203;)|(?<!&)#\d/i);
    expect(text.replaceAll('&#8203;', '').replaceAll('\\', '')).toContain(words);
  });

  test('has the hops and exchanges of each run as a table', () => {
    const run = recording('match');
    const rows = of([run])
      .split('\n')
      .filter((line) => line.startsWith('| '));
    expect(rows.filter((row) => row.includes('operator.test'))).toHaveLength(run.hops.length + 2);
    expect(of([run])).toContain('http:&#8203;//he.operator.test');
  });
});

describe('the name of an exported file', () => {
  const at = Date.UTC(2026, 10, 22, 13, 55);

  test('is of our own making, and safe everywhere (E16)', () => {
    const run = recording('match');
    for (const id of [
      '../../etc/passwd',
      'CON',
      'con.txt',
      'a:b',
      '..',
      '/',
      'nul',
      'é\u202e',
      'x'.repeat(300),
      '',
    ]) {
      const name = exportFileName('har', [{ ...run, profile: { ...run.profile, id, name: id } }], at);
      expect(name).toMatch(/^number-verify_20261122T135500Z_[a-z0-9_-]+\.har$/);
      expect(name.length).toBeLessThan(120);
    }
  });

  test('says when, what and of how many runs', () => {
    const run = recording('match');
    expect(exportFileName('csv', recordings(), at)).toBe('number-verify_20261122T135500Z_3-runs.csv');
    expect(exportFileName('bundle', [run], at)).toBe(
      `number-verify_20261122T135500Z_simulated_match_${run.id.slice(0, 8)}.json`,
    );
    expect(exportFileName('html', [recording('match', { verdict: null })], at)).toContain('_partial_');
    expect(new Set(FORMATS.map((format) => exportFileName(format, [run], at))).size).toBe(FORMATS.length);
  });

  test('is one also at a time no calendar has', () => {
    expect(exportFileName('csv', [], Number.NaN)).toBe('number-verify_undated_0-runs.csv');
  });
});
