import { foundNoSubscriber } from '#protocol/diagnosis/off-network.ts';
import type { Leg, LegName } from '#protocol/leg.ts';
import { legOf } from '#protocol/run-reading.ts';
import type { SavedRun } from '../../runner/saved-run.ts';
import { urlParts } from '../detail/url-parts.ts';
import { isOver } from '../run-over.ts';

export type LampName = 'network' | 'authorize' | 'token' | 'match';

export type LampState =
  | 'not_known'
  | 'not_seen'
  | 'recognised'
  | 'not_recognised'
  | 'not_reached'
  | 'waiting'
  | 'running'
  | 'paused'
  | 'checking'
  | 'passed'
  | 'failed'
  | 'not_run'
  | 'unknown'
  | 'different'
  | 'stopped';

export interface Lamp {
  name: LampName;
  state: LampState;
  /** How long the leg took, where it ran to an end. */
  ms: number | null;
  /** The hop on its way, shown in the lamp while the chain is walked. */
  hop: number | null;
}

/** The four lamps. They claim no more than was seen: a lamp is green only for what the operator or a check said. */
export function lampsOf(saved: SavedRun): Lamp[] {
  const network: Lamp = { name: 'network', state: networkState(saved), ms: null, hop: null };
  const authorize = authorizeLamp(saved);
  if (saved.chainOnly) return asksTheNetwork(saved) ? [network, authorize] : [authorize];
  return [network, authorize, { ...lampOfLeg(saved, 'token'), name: 'token' }, matchLamp(saved)];
}

/** A pasted URL may be anybody's login: a code of that says nothing of a SIM. */
function asksTheNetwork({ run }: SavedRun): boolean {
  const { scope, version } = run.profile;
  return /\bmc_|number-verification/.test(`${scope} ${version ?? ''}`);
}

/** `recognised` rests on a code issued without a page, never on the kind of connection the browser reports. */
function networkState(saved: SavedRun): LampState {
  const { run } = saved;
  const { failure, chainEnd, cause } = run;
  // A portal that asks for a number stands before the operator's network and says nothing of it.
  const strange = cause?.code === 'captive_portal' || cause?.code === 'vpn_or_proxy';
  if (strange) return 'not_reached';
  if (foundNoSubscriber({ run, verdict: 'failed', failure })) return 'not_recognised';
  // A page may have been shown on the other device: who walked there saw it, and nobody here did.
  if (run.capture === 'handoff') return chainEnd?.kind === 'callback' ? 'not_seen' : 'not_known';
  if (chainEnd?.kind === 'callback') {
    const names = urlParts(chainEnd.url ?? '').parameters.map((one) => one.name);
    const ours = !failure?.code.startsWith('callback.');
    const paged = run.hops.some((hop) => hop.page !== null);
    return names.includes('code') && !names.includes('error') && ours && !paged ? 'recognised' : 'not_known';
  }
  if (!isOver(saved)) return 'not_known';
  return chainEnd?.kind === 'error' || chainEnd?.kind === 'refused' ? 'not_reached' : 'not_known';
}

function authorizeLamp(saved: SavedRun): Lamp {
  const { run, liveHop, waitingFor } = saved;
  const over = isOver(saved);
  const lamp: Lamp = { ...lampOfLeg(saved, 'authorize'), name: 'authorize' };
  const cutShort = run.chainEnd?.kind === 'cancelled' || run.chainEnd?.kind === 'interrupted';
  if (over && cutShort && lamp.state !== 'passed') return { ...lamp, state: 'stopped' };
  // How long it took would be how long the link waited, and there is no hop to count.
  if (run.capture === 'handoff') return elsewhere(run, lamp);
  if (lamp.state !== 'running' && lamp.state !== 'waiting') return lamp;
  if (run.chainEnd) return { ...lamp, state: 'checking' };
  const last = run.hops.reduce((highest, hop) => Math.max(highest, hop.index), 0);
  const hop = liveHop?.index ?? last + 1;
  return { ...lamp, state: waitingFor ? 'paused' : 'running', hop };
}

function elsewhere({ phase, chainEnd }: SavedRun['run'], lamp: Lamp): Lamp {
  if (lamp.state !== 'running') return { ...lamp, ms: null };
  if (chainEnd) return { ...lamp, state: 'checking' };
  return { ...lamp, state: phase === 'waiting' ? 'waiting' : 'running' };
}

function matchLamp(saved: SavedRun): Lamp {
  const { run } = saved;
  const lamp: Lamp = { ...lampOfLeg(saved, 'premiuminfo'), name: 'match' };
  if (run.verdict === 'no_match') return { ...lamp, state: 'different' };
  if (run.verdict === 'match') return { ...lamp, state: 'passed' };
  if (run.verdict === 'failed' && lamp.state === 'passed') return { ...lamp, state: 'failed' };
  // The leg may have passed; there is a match only once the run says so.
  return lamp.state === 'passed' ? { ...lamp, state: run.verdict ? 'unknown' : 'checking' } : lamp;
}

function lampOfLeg(saved: SavedRun, name: LegName): Omit<Lamp, 'name'> {
  const leg = legOf(saved.run, name);
  const shown: Omit<Lamp, 'name'> = { state: 'waiting', ms: null, hop: null };
  if (!leg) return shown;
  // While a code is held, the backend's legs still wait for it.
  const held = saved.stage === 'handing_over' && saved.run.verdict === null;
  return { ...shown, state: isOver(saved) && !held ? ended(leg) : leg.outcome, ms: msOf(leg) };
}

/** A run that is over has no leg that still waits: one that never started was not run, one cut short was stopped. */
function ended(leg: Leg): LampState {
  if (leg.outcome === 'waiting') return 'not_run';
  return leg.outcome === 'running' ? 'stopped' : leg.outcome;
}

function msOf(leg: Leg): number | null {
  return leg.outcome === 'passed' || leg.outcome === 'failed' ? leg.durationMs : null;
}
