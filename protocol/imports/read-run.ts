import { canonicalJson } from '../exports/canonical-json.ts';
import { redactRun } from '../exports/redact-run.ts';
import { MOST_RUN_BYTES } from '../file-limits.ts';
import { Run } from '../run.ts';
import { type ImportProblem, problemOf } from './import-problem.ts';
import { utf8Length } from './parse-import.ts';

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
  const refuse = (known: Partial<ImportProblem>): ReadRun => {
    return { ok: false, problem: problemOf('import.bad_entry', { index, ...known }) };
  };
  if (parsed.data.phase !== 'ended' || parsed.data.verdict === null)
    return refuse({ field: 'phase', found: 'not_ended' });
  const field = impossible(parsed.data);
  if (field) return refuse({ field });
  const run = redactRun(parsed.data);
  // As it is kept: a stand-in can be longer than what it stands for.
  const long = tooLong(run);
  if (long) return refuse({ field: long });
  const text = canonicalJson(run);
  if (utf8Length(text, MOST_RUN_BYTES) > MOST_RUN_BYTES) return refuse({ found: 'too_large' });
  const changed = text !== canonicalJson(parsed.data);
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
    // As every run is named here, in cursors and addresses too; RFC 9562 §4 has a reader take capitals, and a list stop at them.
    ['id', run.id === run.id.toLowerCase()],
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

/**
 * The first of the texts that a database looks runs up by which is longer than it can be here, or null. PostgreSQL's indexes
 * take less than three kilobytes a row, and what one store keeps the other has to.
 */
function tooLong({ correlationId, scenario, number }: Run): string | null {
  const bounds: [field: string, text: string, longest: number][] = [
    ['correlationId', correlationId, LONGEST_CORRELATION_ID],
    ['scenario', scenario ?? '', 64],
    ['number.mask', number?.mask ?? '', 40],
  ];
  return bounds.find(([, text, longest]) => text.length > longest)?.[0] ?? null;
}

/** A UUID has 36 characters; an operator's own handle may have more. */
export const LONGEST_CORRELATION_ID = 128;

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
