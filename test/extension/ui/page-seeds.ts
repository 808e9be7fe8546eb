import type { Preflight } from '../../../extension/runner/preflight.ts';
import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import type { Seed } from './fake-browser.ts';
import { moments } from './moments.ts';
import { liveDe, liveUk, simulated } from './profile-fixtures.ts';

const paired = { backend: { url: 'http://127.0.0.1:8787', key: 'test' } };
const ok = (value: unknown) => ({ ok: true, value });
/** All well, as Chromium tells it. */
export const preflightSeen: Preflight = {
  at: Date.now(),
  backend: { skew: { ms: 120, withinMs: 510 } },
  reach: 'here',
  listener: 'seen',
  upgrade: { outcome: 'stayed', host: 'he.operator.test' },
  proxy: { outcome: 'not_told', host: 'he.operator.test', via: null },
};
const preflight = ok(preflightSeen);
const profiles = ok({ profiles: [simulated, liveUk, liveDe] });

export const emptySeed = {};

export const formSeed = {
  local: { ...paired, lastForm: { profileId: 'vodafone-uk', scenario: null } },
  session: { number: '+447912345907' },
  replies: { profiles, preflight, start: ok({ runId: 'r' }) },
};

export const simulatedFormSeed = {
  local: paired,
  replies: { profiles, preflight, start: ok({ runId: 'r' }) },
};

export const backendGoneSeed = {
  local: paired,
  replies: { profiles: { ok: false, problem: { code: 'backend_unreachable', detail: null } } },
};

export function runSeed(savedRun: SavedRun): Omit<Seed, 'messages'> {
  return {
    local: paired,
    session: { savedRun, number: '+447700900907' },
    replies: { profiles, start: ok({ runId: 'r' }), cancel: ok(null), dismiss: ok(null), resume: ok(null) },
  };
}

/** Everything the popup can show, by name. */
export const popupSeeds: Record<string, Omit<Seed, 'messages'>> = {
  firstRun: emptySeed,
  form: formSeed,
  simulatedForm: simulatedFormSeed,
  backendGone: backendGoneSeed,
  ...Object.fromEntries(Object.entries(moments).map(([name, saved]) => [name, runSeed(saved)])),
};
