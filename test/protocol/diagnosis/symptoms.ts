/** Runs as a diagnosis sees them: whole records that differ only where a test says so. */
import type { Check } from '#protocol/check.ts';
import type { Cause } from '#protocol/diagnosis/cause.ts';
import { diagnose } from '#protocol/diagnosis/diagnose.ts';
import { type Failure, failureOf } from '#protocol/failure.ts';
import type { Header, Hop, PageSign } from '#protocol/hop.ts';
import type { Exchange } from '#protocol/leg.ts';
import { failureOfError } from '#protocol/published-errors.ts';
import type { Run, Verdict } from '#protocol/run.ts';

import { CALLBACK_END, hopOf, profileAt, runOf } from '../../support/fixtures.ts';

export interface Seen {
  verdict?: Verdict;
  failure?: Failure | null;
  hops?: Hop[];
  run?: Partial<Run>;
}

export function causeOf({
  verdict = 'failed',
  failure = null,
  hops = [hopOf()],
  run = {},
}: Seen): Cause | null {
  const profile = profileAt('https://api.example');
  return diagnose(runOf(profile, { hops, chainEnd: CALLBACK_END, ...run }), verdict, failure);
}

/** Leg 1 refused in the operator's words, at hop 1. */
export function refused(error: string, description: string | null = null): Failure {
  const code = failureOfError('authorize', error);
  return failureOf(code, { hop: 1, operatorError: { error, description } });
}

export function said(error: string, description: string | null = null) {
  return { operatorError: { error, description } };
}

export function pageHop(title: string | null, ...shows: PageSign[]): Hop {
  return hopOf({ status: 200, page: { contentType: 'text/html', title, shows } });
}

/** What a browser did itself between two hops. */
export function rewritten(reason: string): Hop {
  return hopOf({
    index: 2,
    madeBy: 'browser',
    status: 307,
    notes: ['upgraded_by_browser'],
    responseHeaders: [{ name: 'Non-Authoritative-Reason', value: reason }],
  });
}

/** A run whose token leg got one answer, or none. */
export function tokenExchange(answer: { status?: number; headers?: Header[]; raw?: string }): Partial<Run> {
  const { status, headers = [], raw } = answer;
  const exchange: Exchange = {
    request: { method: 'POST', url: 'https://api.example/token', headers: [], body: null },
    response: status === undefined ? null : { status, headers, body: null },
    error: raw ? { code: 'x', raw } : null,
    sent: 'yes',
    startedAtMs: 100,
    durationMs: 20,
  };
  const blank = { startedAtMs: null, durationMs: null, exchanges: [], checks: [] };
  return {
    legs: [
      { name: 'authorize', outcome: 'passed', ...blank },
      { name: 'token', outcome: 'failed', ...blank, exchanges: [exchange] },
      { name: 'premiuminfo', outcome: 'not_run', ...blank },
    ],
  };
}

/** A run whose keys could not be fetched, with what the check of the signature says of it. */
export function keysSaid(actual: string): Seen {
  const { legs = [] } = tokenExchange({ status: 200 });
  const check: Check = {
    name: 'signature',
    result: 'failed',
    severity: 'fail',
    clause: 'OIDC Core 3.1.3.7 (6)',
    expected: null,
    actual,
    why: null,
  };
  return {
    failure: failureOf('idtoken.jwks_unread', { check: 'signature' }),
    run: { legs: legs.map((leg) => (leg.name === 'token' ? { ...leg, checks: [check] } : leg)) },
  };
}
