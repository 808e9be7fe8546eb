import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

import { CleanStart, CleanStartChoice } from '#protocol/clean-start.ts';
import { CauseCode, Confidence, Cure, Owner } from '#protocol/diagnosis/cause.ts';
import { CodeSpent, FailureCode, Retry } from '#protocol/failure-catalogue.ts';
import { HopNote, HopRole, NetErrorCode, PageSign } from '#protocol/hop.ts';
import { IMPORT_CODES } from '#protocol/imports/import-problem.ts';
import { LegName, LegOutcome } from '#protocol/leg.ts';
import { Scenario } from '#protocol/profile.ts';
import { ProfileCheckLine } from '#protocol/profile-check.ts';
import { Expectation, Run, Verdict } from '#protocol/run.ts';
import { BEARERS, NO_YES, SHARINGS } from '../../../extension/runner/conditions.ts';
import { HANDOFF_STEPS } from '../../../extension/runner/handoff-step.ts';
import { FORMATS } from '../../fixtures/runs/every-format.ts';

const root = new URL('../../..', import.meta.url).pathname;
const words = JSON.parse(readFileSync(`${root}extension/locales/en.json`, 'utf8')) as Record<string, unknown>;
const keysOf = (group: string) => Object.keys(words[group] as object).toSorted();
const dotless = (code: string) => code.replace('.', '_');

/** The codes of a union type in a file that has no list of them at run time. */
function unionIn(file: string, type: string): string[] {
  const text = readFileSync(`${root}${file}`, 'utf8');
  const body = new RegExp(`type ${type} =([^;]+);`).exec(text)?.[1] ?? '';
  return [...body.matchAll(/'([^']+)'/g)].map(([, code = '']) => code).toSorted();
}

/** Both ways: every member has its words, and no word is left over. */
describe('each closed list is worded in full', () => {
  test.each([
    ['failure', FailureCode.options.map(dotless)],
    ['cause', CauseCode.options],
    ['cure', Cure.options],
    ['retry', Retry.options],
    ['code_spent', CodeSpent.options],
    ['owner', Owner.options],
    ['confidence', Confidence.options],
    ['verdict_word', Verdict.options],
    ['expectation', Expectation.options],
    ['expectation_word', Expectation.options],
    ['hindrance', unionIn('protocol/expectation.ts', 'Hindrance')],
    ['doubt', unionIn('extension/runner/conditions.ts', 'Doubt')],
    ['bearer', BEARERS],
    ['sharing', SHARINGS],
    ['roaming', NO_YES],
    ['vpn', NO_YES],
    ['no_yes', NO_YES],
    ['role', HopRole.options],
    ['role_why', HopRole.options],
    ['note', HopNote.options],
    ['note_why', HopNote.options],
    ['net_error', NetErrorCode.options],
    ['page_sign', PageSign.options],
    ['leg', LegName.options],
    ['leg_outcome', LegOutcome.options],
    ['scenario_group', Scenario.shape.group.options],
    ['profile_check_name', ProfileCheckLine.shape.name.options],
    ['check_result', ProfileCheckLine.shape.result.options],
    ['problem', unionIn('extension/runner/messages.ts', 'ProblemCode')],
    ['lamp', unionIn('extension/ui/chain/lamps.ts', 'LampName')],
    ['lamp_state', [...unionIn('extension/ui/chain/lamps.ts', 'LampState'), 'hop']],
    ['export_format', FORMATS],
    ['export_what', FORMATS],
    ['export_label', unionIn('protocol/exports/export-words.ts', 'ExportLabel')],
    ['import_problem', IMPORT_CODES.map((code) => code.replace('import.', ''))],
    ['lint', unionIn('protocol/lint/finding.ts', 'LintCode')],
    ['lint_level', unionIn('protocol/lint/finding.ts', 'LintLevel')],
    ['host_state', unionIn('extension/ui/hosts/host-access.ts', 'HostState')],
    ['preflight', unionIn('extension/ui/preflight/preflight-rows.ts', 'PreflightCode')],
    ['clean_choice', CleanStartChoice.options],
    ['clean_what', CleanStartChoice.options],
    ['clean_start', [...CleanStart.shape.kind.options, 'incomplete']],
    ['handoff_step', HANDOFF_STEPS],
    ['capture', Run.shape.capture.options],
    ['summary', unionIn('extension/ui/verdict/ticket-summary.ts', 'SummaryLabel')],
  ])('%s', (group, members) => {
    expect(keysOf(group)).toEqual([...members].toSorted());
  });

  test('a cause says what it is and what that means', () => {
    for (const cause of Object.values(words.cause as object))
      expect(Object.keys(cause)).toEqual(['title', 'what']);
  });

  test('every verdict has its sentence', () => {
    expect(keysOf('verdict')).toEqual(expect.arrayContaining([...Verdict.options]));
  });
});

/** Checks and reasons are named in the backend's legs, as text, because a profile may one day bring its own. */
describe('what the backend says by name', () => {
  const legs = globSync('backend/legs/**/*.ts', { cwd: root })
    .map((file) => readFileSync(`${root}${file}`, 'utf8'))
    .join('\n');

  test('every check has its words, and no word is left over', () => {
    const names = [...legs.matchAll(/\bname: '([a-z_]+)', severity:/g)].map(([, name = '']) => name);
    expect(keysOf('check')).toEqual([...new Set(names)].toSorted());
  });

  test('every reason not to check has its words, and no word is left over', () => {
    const reasons = [...legs.matchAll(/notChecked\([^,()]+, '([a-z_]+)'\)/g)].map(
      ([, reason = '']) => reason,
    );
    expect(keysOf('not_checked')).toEqual([...new Set(reasons)].toSorted());
  });
});

describe('the words themselves', () => {
  const flat = (at: unknown, key: string): [string, string][] =>
    typeof at === 'string'
      ? [[key, at]]
      : Object.entries(at as object).flatMap(([name, value]) => flat(value, `${key}.${name}`));
  const all = Object.entries(words).flatMap(([group, value]) => flat(value, group));

  test('message names are what browsers allow, and none falls on another', () => {
    const names = all.map(([key]) => key.replaceAll('.', '_'));
    expect(names.filter((name) => !/^\w+$/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('no key is unused', () => {
    const source = globSync('extension/{ui,entrypoints}/**/*.{ts,tsx}', { cwd: root })
      .map((file) => readFileSync(`${root}${file}`, 'utf8'))
      .join('\n');
    const dynamic = [...source.matchAll(/`([a-z_]+)\.(?:([a-z]+)_)?\$\{/g)].map(([, group = '', prefix]) =>
      prefix ? `${group}.${prefix}_` : `${group}.`,
    );
    const unused = all
      .map(([key]) => key)
      .map((key) => key.replace(/\.(zero|one|two|few|many|other)$/, ''))
      .filter((key) => !source.includes(`'${key}'`) && !dynamic.some((start) => key.startsWith(start)))
      .filter((key) => key !== 'extension_description');
    expect(unused).toEqual([]);
  });

  test('what is counted has the forms of its language, and leaves the choice between them to it', () => {
    const forms = new Intl.PluralRules(words.language as string)
      .resolvedOptions()
      .pluralCategories.toSorted();
    const counted = all.flatMap(([key]) => /^(.+)\.other$/.exec(key)?.[1] ?? []);
    const formsOf = (name: string) =>
      all.flatMap(([key]) => (key.startsWith(`${name}.`) ? [key.slice(name.length + 1)] : [])).toSorted();
    expect(counted.length).toBeGreaterThan(20);
    expect(counted.filter((name) => formsOf(name).join() !== forms.join())).toEqual([]);
    const source = globSync('extension/ui/**/*.{ts,tsx}', { cwd: root });
    const byHand = source.filter((file) =>
      /=== 1 \?\s+say|_one['`]/.test(readFileSync(`${root}${file}`, 'utf8')),
    );
    expect([byHand, all.filter(([key]) => /_one$/.test(key))]).toEqual([[], []]);
  });

  test('no sentence is empty or has a stray placeholder', () => {
    expect(all.filter(([, text]) => text.trim() === '' || /\$(?!\d)|\{/.test(text))).toEqual([]);
  });
});
