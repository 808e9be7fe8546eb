import type { Check } from '#protocol/check.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { LegName } from '#protocol/leg.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { redactText } from '#protocol/redact.ts';

/** A check and, where it failed, the failure it stands for. */
export interface Judged {
  check: Check;
  code: FailureCode | null;
}

/** What a check is called and where its rule is written. */
export interface Rule {
  name: string;
  severity: Check['severity'];
  clause: string;
}

const blank = { expected: null, actual: null, why: null };

export function passed(rule: Rule, actual: string | null = null): Judged {
  return { check: { ...rule, ...blank, result: 'passed', actual }, code: null };
}

/** Ends the run, whatever the rule's usual severity: some rules warn of a flaw and fail on nonsense. */
export function failed(rule: Rule, code: FailureCode, expected: string, actual: string): Judged {
  return { check: { ...rule, ...blank, severity: 'fail', result: 'failed', expected, actual }, code };
}

export function warned(rule: Rule, expected: string, actual: string): Judged {
  return { check: { ...rule, ...blank, result: 'warned', expected, actual }, code: null };
}

/** Never a silent pass: `why` is a message key. */
export function notChecked(rule: Rule, why: string): Judged {
  return { check: { ...rule, ...blank, result: 'not_checked', why }, code: null };
}

/** The checks as they may be recorded: what they quote of an answer is the operator's text, and can hold anything. */
export function shownChecks(judged: readonly Judged[], pseudonyms: Pseudonyms): Check[] {
  const shown = (text: string | null) => text && redactText(text, pseudonyms);
  return judged.map(({ check }) => ({
    ...check,
    expected: shown(check.expected),
    actual: shown(check.actual),
  }));
}

/** The first failure in the order of the checks; all of them are reported, this one names the run. */
export function firstFailure(judged: readonly Judged[]): { code: FailureCode; check: string } | null {
  for (const { check, code } of judged) if (code) return { code, check: check.name };
  return null;
}

/**
 * Applies the profile's accepted deviations: a failed check named there becomes a warning. A deviation names its leg and
 * check, as in `token.sub`; two legs have checks of the same name, and one must not excuse the other.
 */
export function accepting(judged: Judged[], leg: LegName, accepted: readonly { check: string }[]): Judged[] {
  return judged.map((one) => {
    const name = `${leg}.${one.check.name}`;
    const excused = accepted.some(({ check }) => check === name);
    return one.code && excused && !isNeverAccepted(leg, one.check.name)
      ? { check: { ...one.check, result: 'warned' }, code: null }
      : one;
  });
}

function isNeverAccepted(leg: LegName, name: string): boolean {
  return NEVER_ACCEPTED.has(name) || NEVER_ACCEPTED.has(`${leg}.${name}`);
}

/** No profile may wave these through: they bind the answer to the run, or without them there is nothing to go on with. */
const NEVER_ACCEPTED = new Set([
  'state',
  'nonce',
  'alg',
  'at_hash',
  'result',
  'redirect_uri',
  'code',
  'access_token',
  'structure',
  // Another subject's answer, or a contradicting one, is no answer about this run.
  'premiuminfo.sub',
  'premiuminfo.duplicate_members',
]);
