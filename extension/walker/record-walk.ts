import type { Failure } from '#protocol/failure.ts';
import type { ChainEnd } from '#protocol/hop.ts';

import { type ChainRecord, openChainRecord } from './chain-record.ts';
import { openProgress, type Progress } from './progress.ts';
import { recordedUrl } from './recorded.ts';
import type { Walk, WalkResult, WalkTools } from './walk-chain.ts';
import { startWalkClock, type WalkClock } from './walk-clock.ts';

export interface Chain {
  clock: WalkClock;
  progress: Progress;
  record: ChainRecord;
}

export interface End {
  kind: ChainEnd['kind'];
  url: string | null;
  failure: Failure | null;
  by?: ChainEnd['by'];
}

/** A walk of either kind, with its clock, its record and its journal. */
export async function recordWalk(
  walk: Walk,
  tools: WalkTools,
  toEnd: (chain: Chain) => Promise<End>,
): Promise<WalkResult> {
  const clock = startWalkClock();
  const progress = openProgress((next) => tools.progress(record.hops(), next));
  const record = openChainRecord(walk.profile.hosts, tools.pseudonyms, progress.completedLate);

  const { kind: reached, url, failure, by } = await toEnd({ clock, progress, record });
  const atMs = clock.elapsed();
  await record.complete();
  progress.stop();
  // A code that arrives after Cancel is dropped where it is.
  const kind = reached === 'callback' && tools.cancelled.aborted ? 'cancelled' : reached;
  const shown = url === null ? null : recordedUrl(url, tools.pseudonyms);
  return {
    hops: record.hops(),
    chainEnd: { kind, url: shown, atMs, ...(by ? { by } : {}) },
    callbackUrl: kind === 'callback' ? url : null,
    failure,
  };
}
