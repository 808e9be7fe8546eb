import { readPasted } from '#protocol/lint/pasted-url.ts';
import { DEFAULT_LIMITS } from '#protocol/profile.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { hopTraffic, listenToTraffic } from '../walker/hop-traffic.ts';
import { walkChain } from '../walker/walk-chain.ts';
import { openHostPermissions } from './host-permission.ts';
import {
  inspectedAtEnd,
  inspectedAtStart,
  inspectedInterrupted,
  withInspectedHops,
} from './inspect-state.ts';
import { type Inspected, readInspected, writeInspected } from './inspected.ts';
import { inspectedRecord } from './inspected-record.ts';
import { judgeInspected } from './judge-inspected.ts';
import { type RunControls, waitFor, waitUntil } from './run-flow.ts';

/** Milliseconds in which a person may decide about a URL that looks like an answer; after that it is not asked. */
const ASK_MS = 5 * 60_000;

let answer: ((goesOn: boolean) => void) | null = null;

/** What the person says to the question that an inspection waits with. */
export function answerInspection(goesOn: boolean): void {
  answer?.(goesOn);
}

/** Walks the chain of a pasted URL by the rules of a run, and stops where its answer would go: nobody gets the code. */
export async function inspectFlow(pasted: string, controls: RunControls): Promise<void> {
  const read = readPasted(pasted);
  if (!read) return;
  const { url, first } = read;
  const pseudonyms = createPseudonyms();
  const redirectUri = readRedirectUri(first('redirect_uri'));
  let state = inspectedAtStart(inspectedRecord(url, pseudonyms, new Date()), redirectUri !== null);
  const save = (changed: Inspected) => {
    state = changed;
    return writeInspected(state);
  };
  await save(state);
  listenToTraffic();
  const { hosts } = state.run.profile;
  const permissions = await openHostPermissions([]);
  const walk = await walkChain(
    { authorizeUrl: url.href, profile: { redirectUri, hosts, limits: DEFAULT_LIMITS } },
    {
      traffic: hopTraffic,
      pseudonyms,
      cancelled: controls.cancelled,
      isPermitted: permissions.isPermitted,
      wasRevoked: permissions.wasRevoked,
      isOffline: () => !navigator.onLine,
      progress: (hops, liveHop) => void save(withInspectedHops(state, hops, liveHop)),
      askPermission: async (next) => {
        void save({ ...state, waitingFor: waitFor(next, []) });
        await waitUntil(() => permissions.isPermitted(next), controls);
        void save({ ...state, waitingFor: null });
        return permissions.isPermitted(next);
      },
      askToGoOn: async (next) => {
        const parameters = [...new Set(next.searchParams.keys())].filter((name) => ANSWERS.includes(name));
        const since = Date.now();
        const until = since + ASK_MS;
        void save({
          ...state,
          waitingFor: { kind: 'answer', host: next.hostname, parameters, since, until },
        });
        const goesOn = await nextAnswer(controls.cancelled);
        void save({ ...state, waitingFor: null });
        return goesOn;
      },
    },
  ).finally(permissions.close);
  const judged =
    walk.callbackUrl === null ? null : judgeInspected(walk.callbackUrl, first('state'), pseudonyms);
  await save(inspectedAtEnd(state, walk, judged));
}

/** One that a worker left behind is walked by nobody any more. */
export async function recoverInspected(): Promise<void> {
  const left = await readInspected();
  if (left?.stage === 'walking') await writeInspected(inspectedInterrupted(left));
}

const ANSWERS = ['code', 'error', 'state'];

/** One that no parser takes, such as `/callback`, can be recognised nowhere: then the person is asked. */
function readRedirectUri(named: string | null): string | null {
  return named !== null && URL.canParse(named) ? named : null;
}

function nextAnswer(cancelled: AbortSignal): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    answer = resolve;
    cancelled.addEventListener('abort', () => resolve(false), { once: true });
    setTimeout(() => resolve(false), ASK_MS);
  }).finally(() => {
    answer = null;
  });
}
