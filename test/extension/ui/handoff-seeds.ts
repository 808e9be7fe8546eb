import type { Handoff } from '../../../extension/runner/handoff.ts';
import { doctorAskable } from './moments-doctor.ts';
import { formSeed } from './page-seeds.ts';
import { liveUk, simulated } from './profile-fixtures.ts';
import { authorizeLeg, infoLeg, runOf, tokenLeg, waiting } from './run-fixtures.ts';

/** Hand-offs at the moments that look different. */
const PUBLIC = 'https://verify.example.com';
const LINK = `${PUBLIC}/h/q5nZ3kJx0dQv7bW2mTfYhA`;
const back = {
  ...liveUk,
  id: 'vodafone-phones',
  name: 'Vodafone UK, phones',
  redirectUri: `${PUBLIC}/callback`,
};
const run = runOf({ profile: back, capture: 'handoff', origin: 'live', scenario: null, hops: [] });
const open = { verdict: null, endedAt: null, chainEnd: null };
const cameBack = {
  kind: 'callback',
  url: `${PUBLIC}/callback?code=‹code:1›&state=‹state:1›`,
  atMs: 48_210,
} as const;

export function handoffOf(known: Partial<Handoff> = {}): Handoff {
  return {
    stage: 'handed_over',
    run,
    link: LINK,
    expiresAt: Date.now() + 581_000,
    trouble: null,
    liveHop: null,
    waitingFor: null,
    notSaved: null,
    ...known,
  };
}

const walking = [
  { ...waiting(authorizeLeg), outcome: 'running' as const },
  waiting(tokenLeg),
  waiting(infoLeg),
];
const at = Date.now();
const conditions = {
  bearer: { value: '4g', basis: 'stated', at },
  device: { value: 'iPhone 15', basis: 'stated', at },
} as const;

export const handoffMoments: Record<string, Handoff> = {
  waiting: handoffOf({ run: { ...run, ...open, phase: 'waiting', legs: walking, conditions } }),
  opened: handoffOf({ run: { ...run, ...open, phase: 'authorizing', legs: walking, conditions } }),
  redeeming: handoffOf({
    run: {
      ...run,
      ...open,
      phase: 'redeeming',
      chainEnd: cameBack,
      legs: [authorizeLeg, { ...waiting(tokenLeg), outcome: 'running' }, waiting(infoLeg)],
      conditions,
    },
  }),
  trouble: handoffOf({
    run: { ...run, ...open, phase: 'waiting', legs: walking },
    trouble: { code: 'backend_unreachable', detail: null },
  }),
  match: handoffOf({
    stage: 'done',
    run: {
      ...run,
      chainEnd: cameBack,
      conditions,
      legs: [
        { ...authorizeLeg, durationMs: 48_210 },
        { ...tokenLeg, startedAtMs: 48_215 },
        { ...infoLeg, startedAtMs: 48_340 },
      ],
    },
  }),
  noMatch: handoffOf({
    stage: 'done',
    run: {
      ...doctorAskable.run,
      ...{ id: run.id, profile: back, capture: 'handoff', origin: 'live', scenario: null, hops: [] },
      chainEnd: cameBack,
      conditions,
    },
  }),
  runOut: handoffOf({
    stage: 'done',
    run: {
      ...run,
      verdict: 'interrupted',
      chainEnd: { kind: 'interrupted', url: null, atMs: 600_000 },
      legs: [
        { ...waiting(authorizeLeg), outcome: 'unknown' },
        { ...waiting(tokenLeg), outcome: 'not_run' },
        { ...waiting(infoLeg), outcome: 'not_run' },
      ],
    },
  }),
};

export const handoffFormSeed = (callbackUrl: string | null = `${PUBLIC}/callback`) => ({
  local: formSeed.local,
  replies: {
    profiles: { ok: true, value: { profiles: [simulated, liveUk, back], callbackUrl } },
    begin_handoff: { ok: true, value: { runId: run.id } },
    cancel_handoff: { ok: true, value: null },
    dismiss_handoff: { ok: true, value: null },
  },
});

export const handoffSeed = (moment: string) => ({
  ...handoffFormSeed(),
  // Its clock runs from when the page opens, however long the tests before it took.
  session: { handoff: { ...handoffMoments[moment], expiresAt: handoffOf().expiresAt } },
});
