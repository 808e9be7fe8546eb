import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exportHtml } from '#protocol/exports/html-report.ts';
import type { Run } from '#protocol/run.ts';

import { contextOf, ENGLISH, recording, recordings, runSaying } from '../../fixtures/runs/export-fixtures.ts';
import { anyText, fuzz } from '../../property/fuzz.ts';
import { XSS_PAYLOADS } from '../../support/xss-payloads.ts';

function htmlOf(runs: readonly Run[]): string {
  return exportHtml(runs, contextOf(runs), ENGLISH);
}

/** Every tag of the report with its attributes, as our own template writes them. */
const TAGS =
  /^<(?:!doctype html|html lang="en"|meta (?:charset="utf-8"|http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"|name="viewport" content="width=device-width, initial-scale=1"|name="color-scheme" content="light dark")|article id="run-\d+"|h2 class="(?:as_expected|not_as_expected|inconclusive)"|span class="mark"|p class="note"|div class="scroll"|th scope="col"|a href="#run-\d+"|\/?(?:html|head|title|style|body|h1|h2|h3|p|dl|dt|dd|bdi|div|table|thead|tbody|tr|th|td|a|span|article))>$/;

function strayTags(html: string): string[] {
  return [...html.matchAll(/<[^>]*>?/g)].map(([tag]) => tag).filter((tag) => !TAGS.test(tag));
}

describe('an HTML report', () => {
  test('has the tags of its own template and no others, whatever a record says (E8)', () => {
    for (const payload of XSS_PAYLOADS)
      expect([payload, strayTags(htmlOf([runSaying(payload)]))]).toEqual([payload, []]);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(strayTags(htmlOf([runSaying(text), runSaying(text)]))).toEqual([]);
      }),
      fuzz(40),
    );
  });

  test('and the list of tags sees one that is not its own', () => {
    expect(strayTags('<p onclick="x"><script></p>')).toEqual(['<p onclick="x">', '<script>']);
  });

  test('forbids itself everything but its own style, and asks for nothing outside it (PR9)', () => {
    const html = htmlOf(recordings());
    const policy = html.indexOf(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(policy).toBeGreaterThan(0);
    expect(policy).toBeLessThan(html.indexOf('<style>'));
    const [style = ''] = /<style>[\s\S]*<\/style>/.exec(html) ?? [];
    expect(style).not.toMatch(/url\(|@import|@font-face/);
    expect(html).not.toMatch(/<(?:script|img|link|iframe|object)|\bsrc=/);
  });

  test('is for light and dark screens and for paper', () => {
    const html = htmlOf(recordings());
    expect(html).toContain('prefers-color-scheme: dark');
    expect(html).toContain('@media print');
  });

  test('leads from the overview to each run by links that work', () => {
    const html = htmlOf(recordings());
    const links = [...html.matchAll(/href="#(run-\d+)"/g)].map(([, id]) => id);
    const targets = [...html.matchAll(/<article id="(run-\d+)"/g)].map(([, id]) => id);
    expect(links).toEqual(['run-1', 'run-2', 'run-3']);
    expect(targets).toEqual(links);
  });

  test('marks what is simulated, imported or replayed', () => {
    expect(htmlOf([recording('match')])).toContain('<span class="mark">simulated</span>');
    const imported = htmlOf([recording('match', { origin: 'imported' })]);
    expect(imported).toContain('<span class="mark">simulated</span><span class="mark">imported</span>');
    const live = recording('match', { origin: 'live' });
    expect(htmlOf([{ ...live, profile: { ...live.profile, simulator: null } }])).not.toContain(
      'class="mark"',
    );
  });

  test('shows every hop with its host, status and trace id, and every check', () => {
    const run = recording('match');
    const html = htmlOf([run]);
    for (const { url } of run.hops) expect(html).toContain(new URL(url.split('?')[0] ?? '').hostname);
    for (const { name } of run.legs.flatMap(({ checks }) => checks))
      expect(html).toContain(`<bdi>${name}</bdi>`);
  });
});
