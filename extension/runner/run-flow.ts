import type { CreateRunRequest } from '#protocol/backend-api.ts';
import type { HostRule } from '#protocol/profile.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import type { BackendAddress } from '../backend-client/backend-call.ts';
import { createBackendClient } from '../backend-client/backend-client.ts';
import { hopTraffic, listenToTraffic, tabTraffic } from '../walker/hop-traffic.ts';
import { type SetCookie, tellingCookies, tellingTabCookies } from '../walker/set-cookies.ts';
import { walkChain } from '../walker/walk-chain.ts';
import { walkTab } from '../walker/walk-tab.ts';
import { openWalkedTab } from '../walker/walked-tab.ts';
import { beganAt } from './began-at.ts';
import { cleanStart } from './clean-start.ts';
import { conditionsOf } from './conditions.ts';
import { handOver } from './hand-over.ts';
import { originsToAsk } from './host-origins.ts';
import { openHostPermissions } from './host-permission.ts';
import { keptOf } from './kept-hops.ts';
import { keepHops } from './kept-hops-store.ts';
import { latePermissionOf } from './late-permission.ts';
import type { StartMessage } from './messages.ts';
import { hashNumber } from './number-hash.ts';
import { observe } from './observed.ts';
import { type PendingRun, writePendingRun } from './pending-run.ts';
import { rememberReceived } from './received-cookies.ts';
import { rememberHttpHost } from './remember-http-host.ts';
import {
  interruptedSubmission,
  savedAtStart,
  submissionOf,
  waiting,
  waitingOver,
  withHops,
} from './run-state.ts';
import { type SavedRun, type WaitForHost, writeSavedRun } from './saved-run.ts';
import { readSettings } from './settings.ts';

/** What a run needs from the door: how it is cancelled, and how a waiting run hears that a permission came. */
export interface RunControls {
  cancelled: AbortSignal;
  /** Aborted when the person puts the run away: nothing of it is written any more. */
  dropped: AbortSignal;
  /** Resolves at the next sign that a permission may have been granted, or after `ms`. */
  permissionSign(ms: number): Promise<void>;
}

/** Milliseconds a run waits for a host permission before it gives up. */
const PERMISSION_MS = 60_000;

export interface OpenedRun {
  saved: SavedRun;
  pending: PendingRun;
  authorizeUrl: string;
}

/**
 * Opens the run at the backend. Rejects with a `BackendProblem` if that fails; then there is no run. `againFor` is the host
 * whose permission came too late for the run before.
 */
export async function openRun(
  start: Omit<StartMessage, 'type'>,
  backend: BackendAddress,
  id: string,
  againFor: string | null = null,
): Promise<OpenedRun> {
  const create = await createRequest(start, id, backend);
  const pending: PendingRun = { backend, create, numberHash: null, submission: null, codeSeenAt: null };
  await writePendingRun(pending);
  const { run, authorizeUrl } = await createBackendClient(backend).createRun(pending.create);
  const saved = { ...savedAtStart(run), ...(againFor === null ? {} : { startedAgainFor: againFor }) };
  await writeSavedRun(saved);
  return { saved, pending, authorizeUrl };
}

/** One run, start to verdict: walk the chain, hand its end to the backend, follow what the backend says. */
export async function runFlow(opened: OpenedRun, number: string, controls: RunControls): Promise<void> {
  const { profile } = opened.saved.run;
  let saved = opened.saved;
  // Not awaited: a write is in the browser process, beyond this worker's death, once it is issued.
  const save = (changed: SavedRun) => {
    saved = changed;
    void writeSavedRun(saved);
  };

  const numberHash = await hashNumber(number, profile.hash);
  const pending: PendingRun = { ...opened.pending, numberHash };
  void writePendingRun(pending);
  listenToTraffic();
  const permissions = await openHostPermissions(profile.hosts);
  const inTab = opened.saved.run.capture === 'tab';
  const received = (cookies: SetCookie[]) => void rememberReceived(profile.id, cookies);
  const walk = await (inTab ? walkTab : walkChain)(
    { authorizeUrl: opened.authorizeUrl, profile },
    {
      traffic: tellingCookies(hopTraffic, received),
      tabTraffic: tellingTabCookies(tabTraffic, received),
      openTab: openWalkedTab,
      pseudonyms: createPseudonyms(),
      cancelled: controls.cancelled,
      isPermitted: permissions.isPermitted,
      wasRevoked: permissions.wasRevoked,
      onRevoked: permissions.onRevoked,
      isOffline: () => !navigator.onLine,
      progress: (hops, liveHop) => {
        // On disk as well: a browser that is closed in mid-chain still has what was seen.
        const finished = hops.length !== saved.run.hops.length || hops.length === 0;
        if (finished)
          void keepHops(keptOf(pending, opened.saved.run, interruptedSubmission(hops, null), Date.now()));
        save(withHops(saved, hops, liveHop));
      },
      askPermission: async (url) => {
        const wait = waitFor(url, profile.hosts);
        save(waiting(saved, { ...wait, revoked: permissions.wasRevoked(url) }));
        await waitUntil(() => permissions.isPermitted(url), controls);
        save(waitingOver(saved));
        return permissions.isPermitted(url);
      },
      waitForPerson: (page) =>
        save(page ? waiting(saved, { kind: 'person', since: Date.now(), ...page }) : waitingOver(saved)),
    },
  ).finally(permissions.close);
  void rememberHttpHost(profile, walk.hops);
  const late = latePermissionOf(walk, profile.hosts, pending.create, Date.now());
  if (late) saved = { ...saved, late };
  const submission = submissionOf(walk, numberHash);
  const codeSeenAt = submission.kind === 'callback' ? Date.now() : null;
  await handOver(saved, { ...pending, codeSeenAt }, submission, controls.dropped);
}

/** What the person is asked for before a host that is not allowed. */
export function waitFor(url: URL, hosts: readonly HostRule[]): WaitForHost {
  const since = Date.now();
  const origins = originsToAsk(url, hosts);
  return { kind: 'host_permission', host: url.hostname, origins, since, until: since + PERMISSION_MS };
}

/** Waits for the permission, the person's Cancel, or the end of patience, whichever comes first. */
export async function waitUntil(
  isPermitted: () => Promise<boolean>,
  { cancelled, permissionSign }: RunControls,
): Promise<void> {
  const until = Date.now() + PERMISSION_MS;
  while (!cancelled.aborted && Date.now() < until && !(await isPermitted())) {
    await permissionSign(until - Date.now());
  }
}

async function createRequest(
  start: Omit<StartMessage, 'type'>,
  id: string,
  backend: BackendAddress,
): Promise<CreateRunRequest> {
  const { conditions, cleanStart: choice } = await readSettings();
  const cleaned = await cleanStart(choice, start.profileId, async () => {
    const { profiles } = await createBackendClient(backend).profiles();
    return profiles.find(({ id }) => id === start.profileId)?.hosts ?? [];
  });
  const now = new Date();
  return {
    id,
    profileId: start.profileId,
    scenario: start.scenario,
    capture: start.capture,
    ...beganAt(now),
    number: { mask: start.mask, country: start.country },
    conditions: conditionsOf(conditions, observe(), now.getTime()),
    expectation: start.expectation,
    cleanStart: cleaned,
  };
}
