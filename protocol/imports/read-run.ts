import { canonicalJson } from '../exports/canonical-json.ts';
import { redactRun } from '../exports/redact-run.ts';
import { Run } from '../run.ts';
import { type ImportProblem, problemOf } from './import-problem.ts';

export type ReadRun = { ok: true; run: Run; containsSecret: boolean } | { ok: false; problem: ImportProblem };

/**
 * A run from a file, by the schema of records and within the bounds of the possible. It is redacted as it comes in: what a
 * file claims to be redacted need not be (E9). Members nobody knows are left out.
 */
export function readRun(value: unknown, index: number): ReadRun {
  if (isTooRich(value)) return { ok: false, problem: problemOf('import.too_many_entries', { index }) };
  const parsed = Run.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.map(String).join('.').slice(0, 80) ?? null;
    return { ok: false, problem: problemOf('import.bad_entry', { index, field }) };
  }
  const field = impossible(parsed.data);
  if (field) return { ok: false, problem: problemOf('import.bad_entry', { index, field }) };
  const run = redactRun(parsed.data);
  const changed = canonicalJson(run) !== canonicalJson(parsed.data);
  return { ok: true, run, containsSecret: changed || namesSecret(value) };
}

/** Longest of any one text in a record; URLs of real chains have a tenth of it. */
const LONGEST = 64 * 1024;
/** A month: no run lasts longer, and no clock of one shows more. */
const LONGEST_MS = 31 * 24 * 3_600_000;
/** 2000 to 2100. */
const EARLIEST = 946_684_800_000;
const LATEST = 4_102_444_800_000;

/** Objects and lists of one run; what is counted first need not be judged one by one. */
const RICHEST = 20_000;

function isTooRich(value: unknown): boolean {
  const isContainer = (one: unknown): one is object => typeof one === 'object' && one !== null;
  let seen = 0;
  for (let level = [value].filter(isContainer); level.length > 0; ) {
    seen += level.length;
    if (seen > RICHEST) return true;
    level = level.flatMap((one) => Object.values(one).filter(isContainer));
  }
  return false;
}

/** The first member whose value no run can have (E10), or null. */
function impossible(run: Run): string | null {
  const bounds: [field: string, holds: boolean][] = [
    ['startedAt', isTime(run.startedAt)],
    ['endedAt', run.endedAt === null || isTime(run.endedAt)],
    ['utcOffsetMinutes', Math.abs(run.utcOffsetMinutes) <= 24 * 60],
    ['legs', run.legs.map(({ name }) => name).join() === 'authorize,token,premiuminfo'],
    ['chainEnd.atMs', run.chainEnd === null || isSpan(run.chainEnd.atMs)],
    ...run.hops.flatMap((hop, at): [string, boolean][] => [
      [`hops.${at}.status`, isStatus(hop.status)],
      [`hops.${at}.startedAtMs`, isSpan(hop.startedAtMs)],
      [`hops.${at}.durationMs`, isSpan(hop.durationMs)],
      [`hops.${at}`, hasShortTexts(hop)],
    ]),
    ...run.legs.flatMap((leg, at): [string, boolean][] => [
      [`legs.${at}.startedAtMs`, isSpan(leg.startedAtMs)],
      [`legs.${at}.durationMs`, isSpan(leg.durationMs)],
      ...leg.exchanges.flatMap((one, which): [string, boolean][] => [
        [`legs.${at}.exchanges.${which}.status`, isStatus(one.response?.status ?? null)],
        [`legs.${at}.exchanges.${which}.startedAtMs`, isSpan(one.startedAtMs)],
        [`legs.${at}.exchanges.${which}.durationMs`, isSpan(one.durationMs)],
      ]),
    ]),
    ['legs', hasShortTexts(run.legs)],
    ['profile', hasShortTexts(run.profile)],
  ];
  return bounds.find(([, holds]) => !holds)?.[0] ?? null;
}

export function isTime(ms: number): boolean {
  return ms >= EARLIEST && ms <= LATEST;
}

export function isSpan(ms: number | null): boolean {
  return ms === null || (ms >= 0 && ms <= LONGEST_MS);
}

export function isStatus(status: number | null): boolean {
  return status === null || (status >= 0 && status <= 999);
}

function hasShortTexts(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LONGEST;
  return typeof value !== 'object' || value === null || Object.values(value).every(hasShortTexts);
}

/** A member that would hold a secret has no place in a record, so it is gone by now; its owner should know that it was there. */
function namesSecret(value: unknown): boolean {
  return /"[^"]{0,40}(?:secret|password|private_?key)[^"]{0,40}":"[^"]/i.test(JSON.stringify(value));
}
