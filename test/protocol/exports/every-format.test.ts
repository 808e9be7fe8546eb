import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { canonicalJson } from '#protocol/exports/canonical-json.ts';
import { redactRun } from '#protocol/exports/redact-run.ts';
import { EVERY_FORMAT, FORMATS } from '../../fixtures/runs/every-format.ts';
import {
  CANARIES,
  careless,
  contextOf,
  recording,
  recordings,
  runSaying,
} from '../../fixtures/runs/export-fixtures.ts';
import { anyText, fuzz } from '../../property/fuzz.ts';

/** How each of them marks a run that has not ended. */
const PARTIAL = {
  har: '"_partial": true',
  bundle: '"partial":["',
  csv: ',yes,',
  junit: ' partial, ',
  html: '>partial</span>',
  markdown: '**[partial]**',
  curl: ', partial, ',
};

describe.each(FORMATS)('an export as %s', (format) => {
  const write = EVERY_FORMAT[format];

  test('shows no secret and no number, also of a record that does (PR3)', () => {
    const runs = [careless()];
    const file = write(runs, contextOf(runs));
    // Without what is put between the letters by Markdown.
    const plain = file.replaceAll('\\', '');
    for (const [what, canary] of Object.entries(CANARIES))
      expect([what, plain.includes(canary)]).toEqual([what, false]);
    expect(plain).not.toContain(CANARIES.number.slice(1));
  });

  test('of n runs says n and has n', () => {
    const runs = recordings();
    const file = write(runs, contextOf(runs)).replaceAll('\\', '');
    expect(file).toMatch(
      /\b3 runs\b|"count":3\b|runsInFile" value="3"|<bdi>3<\/bdi>|\*\*runs\*\*: 3|,3,0\.1\.0,/,
    );
    for (const { id, correlationId } of runs) {
      expect(file).toContain(id);
      if (format !== 'curl') expect(file).toContain(correlationId);
    }
  });

  test('says what made it, with which profile, when and in which zone', () => {
    const runs = recordings();
    const context = contextOf(runs);
    const file = write(runs, context).replaceAll('\\', '');
    expect(file).toContain('0.1.0');
    expect(file).toContain('149.0.7827.0');
    expect(file).toContain('Europe/Berlin');
    expect(file).toContain('campaign = Bonn');
    expect(file).toMatch(/2026-11-22T13:55:00.000Z|1795355700000/);
    for (const { id } of runs) expect(file).toContain(context.profileHashes[id]);
  });

  test('says of every condition whether it was stated or observed', () => {
    if (format === 'curl') return;
    const at = recording('match').startedAt;
    const runs = [
      recording('match', {
        conditions: {
          bearer: { value: '5g', basis: 'stated', at },
          device: { value: 'Pixel 8', basis: 'observed', at },
        },
      }),
    ];
    const file = write(runs, contextOf(runs)).replaceAll('\\', '');
    expect(file).toMatch(
      /5g[^\n]{0,20}stated|stated[^\n]{0,40}5g|"basis": "stated",\s+"value": "5g"|"value": "5g",\s+"basis": "stated"/,
    );
    expect(file).toMatch(
      /Pixel 8[^\n]{0,20}observed|observed[^\n]{0,60}Pixel 8|"value": "Pixel 8",\s+"basis": "observed"/,
    );
  });

  test('of a run under way is a snapshot, marked as partial (E15)', () => {
    const run = recording('match', { phase: 'redeeming', verdict: null, endedAt: null });
    const whole = recording('match');
    expect(write([run], contextOf([run]))).toContain(PARTIAL[format]);
    expect(write([whole], contextOf([whole]))).not.toContain(PARTIAL[format]);
  });

  test('of no runs is a file all the same', () => {
    expect(write([], contextOf([]))).not.toBe('');
  });

  test('is the same bytes for the same runs and context, and writes whatever a record says', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const runs = [runSaying(text)];
        expect(write(runs, contextOf(runs))).toBe(write(structuredClone(runs), contextOf(runs)));
      }),
      fuzz(20),
    );
  });
});

describe('redaction on the way out', () => {
  test('changes nothing of a record that is redacted (PR3)', () => {
    for (const run of recordings()) expect(canonicalJson(redactRun(run))).toBe(canonicalJson(run));
  });

  test('done twice is the same as done once (PR3)', () => {
    const twice = (run: Parameters<typeof redactRun>[0]) => {
      const once = redactRun(run);
      // A copy, because what came out of it is not gone through again.
      expect(canonicalJson(redactRun(structuredClone(once)))).toBe(canonicalJson(once));
    };
    twice(careless());
    fc.assert(
      fc.property(anyText, (text) => {
        twice(runSaying(text));
      }),
      fuzz(150),
    );
  });

  test('gives no stand-in of the record to another value', () => {
    const run = careless();
    const shown = redactRun({
      ...run,
      hops: run.hops.map((hop) => ({
        ...hop,
        url: `https://a.example/?state=‹state:1›&x=1&state=${CANARIES.state}`,
      })),
    });
    expect(shown.hops[0]?.url).toContain('state=‹state:1›&x=1&state=‹state:2›');
  });
});

test('exports and comparison bring no zod along, so that pages can use them', () => {
  const stray: string[] = [];
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    for (const [, type, to = ''] of text.matchAll(
      /^(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+?\s+from\s+)?'([^']+)';/gm,
    )) {
      if (type) continue;
      if (to.startsWith('zod')) stray.push(file);
      else visit(path.join(path.dirname(file), to));
    }
  };
  for (const name of [
    'har',
    'bundle',
    'csv',
    'junit',
    'html-report',
    'markdown',
    'curl',
    'file-name',
    'digest-input',
  ]) {
    visit(`protocol/exports/${name}.ts`);
  }
  visit('protocol/compare/compare-runs.ts');
  expect(seen.size).toBeGreaterThan(15);
  expect(stray).toEqual([]);
});
