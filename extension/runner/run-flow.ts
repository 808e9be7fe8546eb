import type { CreateRunRequest } from '#protocol/backend-api.ts';
import type { Profile } from '#protocol/profile.ts';
import { createPseudonyms } from '#protocol/redact.ts';

import { type BackendAddress, createBackendClient } from '../backend-client/backend-client.ts';
import { hopTraffic, listenToTraffic } from '../walker/hop-traffic.ts';
import { walkChain } from '../walker/walk-chain.ts';
import { handOver } from './hand-over.ts';
import { isPermitted, originsToAsk } from './host-permission.ts';
import type { StartMessage } from './messages.ts';
import { hashNumber } from './number-hash.ts';
import { type PendingRun, writePendingRun } from './pending-run.ts';
import { savedAtStart, submissionOf, waitingForHost, waitingOver, withHops } from './run-state.ts';
import { type SavedRun, writeSavedRun } from './saved-run.ts';

/** What a run needs from the door: how it is cancelled, and how a waiting run hears that a permission came. */
export interface RunControls {
  cancelled: AbortSignal;
  /** Resolves at the next sign that a permission may have been granted, or after `ms`. */
  permissionSign(ms: number): Promise<void>;
}

/** Milliseconds a run waits for a host permission before it gives up. */
const PERMISSION_MS = 60_000;

/** Opens the run at the backend. Rejects with a `BackendProblem` if that fails; then there is no run. */
export async function openRun(
  start: StartMessage,
  backend: BackendAddress,
  written: Profile['hash'],
): Promise<{ saved: SavedRun; pending: PendingRun; authorizeUrl: string }> {
  const create = createRequest(start);
  const pending: PendingRun = {
    backend,
    create,
    numberHash: await hashNumber(start.number, written),
    submission: null,
  };
  await writePendingRun(pending);
  const { run, authorizeUrl } = await createBackendClient(backend).createRun(create);
  const saved = savedAtStart(run);
  await writeSavedRun(saved);
  return { saved, pending, authorizeUrl };
}

/** One run, start to verdict: walk the chain, hand its end to the backend, follow what the backend says. */
export async function runFlow(
  opened: { saved: SavedRun; pending: PendingRun; authorizeUrl: string },
  { cancelled, permissionSign }: RunControls,
): Promise<void> {
  const { profile } = opened.saved.run;
  let saved = opened.saved;
  // Not awaited: a write is in the browser process, beyond this worker's death, once it is issued.
  const save = (changed: SavedRun) => {
    saved = changed;
    void writeSavedRun(saved);
  };

  listenToTraffic();
  const walk = await walkChain(
    { authorizeUrl: opened.authorizeUrl, profile },
    {
      traffic: hopTraffic,
      pseudonyms: createPseudonyms(),
      cancelled,
      isPermitted,
      isOffline: () => !navigator.onLine,
      journal: (hops) => save(withHops(saved, hops)),
      announce: (liveHop) => save({ ...saved, liveHop }),
      askPermission: async (url) => {
        const since = Date.now();
        const until = since + PERMISSION_MS;
        const origins = originsToAsk(url, profile.hosts);
        save(waitingForHost(saved, { kind: 'host_permission', host: url.hostname, origins, since, until }));
        while (!cancelled.aborted && Date.now() < until && !(await isPermitted(url))) {
          await permissionSign(until - Date.now());
        }
        save(waitingOver(saved));
        return isPermitted(url);
      },
    },
  );
  await handOver(saved, opened.pending, submissionOf(walk, opened.pending.numberHash));
}

function createRequest(start: StartMessage): CreateRunRequest {
  const now = new Date();
  const utcOffsetMinutes = -now.getTimezoneOffset();
  const localDay = new Date(now.getTime() + utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
  return {
    id: crypto.randomUUID(),
    profileId: start.profileId,
    scenario: start.scenario,
    capture: 'fetch',
    startedAt: now.getTime(),
    utcOffsetMinutes,
    localDay,
    number: { mask: start.mask, country: start.country },
    conditions: { browser: { value: browserName(), basis: 'observed', at: now.getTime() } },
    expectation: start.expectation,
  };
}

/** For example `Chromium 156` or `Firefox 153.0`: what the browser calls itself, not the whole user agent. */
function browserName(): string {
  const found = /(Firefox|Edg|Chrome|Chromium)\/([\d]+)/.exec(navigator.userAgent);
  return found ? `${found[1]} ${found[2]}` : 'unknown';
}
