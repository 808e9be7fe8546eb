import type { Inspected } from '../../../extension/runner/inspected.ts';
import { hops } from './hop-fixtures.ts';
import { authorizeLeg, infoLeg, runOf, tokenLeg } from './run-fixtures.ts';

/** Inspected chains at the moments that look different. */
const legs = [
  authorizeLeg,
  {
    ...tokenLeg,
    outcome: 'not_run' as const,
    durationMs: null,
    startedAtMs: null,
    exchanges: [],
    checks: [],
  },
  { ...infoLeg, outcome: 'not_run' as const, durationMs: null, startedAtMs: null, exchanges: [], checks: [] },
];
const run = runOf({
  legs,
  ownerId: 'inspected',
  verdict: 'unknown',
  number: null,
  cause: null,
  failure: null,
});

export function inspectedOf(known: Partial<Inspected> = {}): Inspected {
  return {
    chainOnly: true,
    stage: 'done',
    named: true,
    run,
    liveHop: null,
    waitingFor: null,
    notSaved: null,
    ...known,
  };
}

const open = {
  ...run,
  legs: [{ ...authorizeLeg, outcome: 'running' as const, durationMs: null, checks: [] }, ...legs.slice(1)],
  verdict: null,
  chainEnd: null,
  phase: 'authorizing' as const,
  hops: hops.slice(0, 2),
};

export const inspectedMoments: Record<string, Inspected> = {
  done: inspectedOf(),
  walking: inspectedOf({
    stage: 'walking',
    run: open,
    liveHop: { index: 3, url: 'http://he.operator.test/identify', role: 'enrichment', startedAtMs: 92 },
  }),
  asking: inspectedOf({
    stage: 'walking',
    named: false,
    run: open,
    waitingFor: {
      kind: 'answer',
      host: 'app.relying-party.test',
      parameters: ['code', 'state'],
      since: Date.now(),
      until: Date.now() + 300_000,
    },
  }),
  waiting: inspectedOf({
    stage: 'walking',
    run: open,
    waitingFor: {
      kind: 'host_permission',
      host: 'he.operator.test',
      origins: ['*://he.operator.test/*'],
      since: Date.now(),
      until: Date.now() + 60_000,
    },
  }),
};

/** A request with a mistake of every level in it. */
export const FAULTY_URL =
  'https://api.operator.test/deviceinitiated/v1/authorize?client_id=demo&response_type=code&scope=openid%20mc_vm_match_hash&state=xyz&nonce=5f2c9a1e-7d64-4b7c-9d0a-2f6b8e4c1a90&version=2.3&redirect_uri=http%3A%2F%2Fapp.relying-party.test%2Fcallback&login_hint=MSISDN%3A%2B447700900907&max-age=10&colour=red';
