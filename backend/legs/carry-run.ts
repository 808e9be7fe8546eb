import type { CallbackRequest, ChainEndRequest } from '#protocol/backend-api.ts';
import { createPseudonyms, type Pseudonyms } from '#protocol/pseudonyms.ts';
import type { Run, Verdict } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { NotClaimed, openJournal, type RunJournal } from '../store/run-journal.ts';
import type { RunStore, Submission } from '../store/run-store.ts';
import { StorageError } from '../store/storage-error.ts';
import { judgeChain } from './chain/judge-chain.ts';
import { deriveValues, keyedDigest } from './derived-values.ts';
import { shownChecks } from './judged.ts';
import type { KeptTokens } from './kept-tokens.ts';
import type { Granted } from './leg-tools.ts';
import type { Provider } from './provider.ts';
import { finishLeg } from './recorded-leg.ts';
import { runLegs } from './run-legs.ts';
import { pseudonymsFor } from './run-pseudonyms.ts';

export interface CarryTools {
  store: RunStore;
  serverKey: Buffer;
  kept: KeptTokens;
  /** What the profile of a run can be redeemed with; null if the configuration dropped it since. */
  providerOf(profileId: string): Provider | null;
  /** Hears what has been committed, and the run as it is with that. */
  publish(runId: string, events: readonly RunEvent[], run: Run): void;
  /** A fault of ours: the run ends `unknown`, and someone should read the log. */
  reportBug(error: unknown, runId: string): void;
}

/** How the carrying of a run begins. */
export type Begun =
  /** It is ours; these events are its first, and have been committed. */
  | { claim: 'claimed'; events: readonly RunEvent[] }
  | { claim: 'same' }
  | { claim: 'conflict' }
  | { claim: 'changed' };

export interface Carried {
  /** Rejects with what is the matter with a store that could not be asked; the same submission may then be made again. */
  begun: Promise<Begun>;
  /** When the run has ended, whether or not anyone is still listening. Never rejects. */
  done: Promise<void>;
}

/** Carries a run from its callback to its verdict, if it is this submission's to carry. */
export function carryFromCallback(
  run: Run,
  callback: CallbackRequest,
  submission: Submission,
  tools: CarryTools,
): Carried {
  const provider = tools.providerOf(run.profile.id);
  const values = deriveValues(tools.serverKey, run.id);
  const pseudonyms = pseudonymsFor(values, provider?.clientSecret ?? '');
  const received = performance.now();
  return carry(run, submission, tools, (journal) =>
    runLegs(callback, {
      // The snapshot, not today's configuration: a profile edited in mid-run does not change the run.
      profile: run.profile,
      clientSecret: provider?.clientSecret ?? '',
      values,
      pseudonyms,
      send: provider?.send ?? noProvider,
      keys: provider?.keys ?? null,
      journal,
      codeDigest: (code) => keyedDigest(tools.serverKey, 'code', code),
      keepToken: (granted) => keepToken(run.id, granted, pseudonyms, tools),
      elapsedMs: () => callback.chainEnd.atMs + (performance.now() - received),
      now: () => Date.now(),
    }),
  );
}

/** A token that cannot be kept costs the hash doctor, never the verdict. */
async function keepToken(
  runId: string,
  granted: Granted,
  pseudonyms: Pseudonyms,
  { kept, reportBug }: CarryTools,
): Promise<void> {
  const { accessToken, sub } = granted;
  const shown: [string, string][] = [[accessToken, pseudonyms.of('access_token', accessToken)]];
  if (sub !== null) shown.push([sub, pseudonyms.of('sub', sub)]);
  await kept.keep(runId, { accessToken, sub, shown }).catch((error) => reportBug(error, runId));
}

/**
 * Ends a run whose chain gave nothing to redeem: with the walker's failure, or as cut short. Without a submission it is
 * a run that somebody carried before.
 */
export function carryFromChainEnd(
  run: Run,
  report: ChainEndRequest,
  submission: Submission | null,
  tools: CarryTools,
): Carried {
  return carry(run, submission, tools, async (journal) => {
    journal.add({ type: 'chain', hops: report.hops, chainEnd: report.chainEnd });
    const shown = shownChecks(judgeChain(run, report), createPseudonyms());
    journal.add({ type: 'checks', leg: 'authorize', checks: shown });
    const verdict = verdictOf(report);
    finishLeg(
      { journal, elapsedMs: () => report.chainEnd.atMs },
      'authorize',
      verdict === 'failed' ? 'failed' : 'unknown',
      0,
    );
    await journal.end(verdict, report.failure);
  });
}

function carry(
  run: Run,
  submission: Submission | null,
  tools: CarryTools,
  work: (journal: RunJournal) => Promise<void>,
): Carried {
  const begun = Promise.withResolvers<Begun>();
  let isOurs = submission === null;
  const journal = openJournal(
    run,
    tools.store,
    (id, events, now) => {
      isOurs = true;
      begun.resolve({ claim: 'claimed', events });
      tools.publish(id, events, now);
    },
    submission,
  );
  const fail = async (error: unknown) => {
    if (error instanceof NotClaimed) return begun.resolve({ claim: error.claim });
    // Whoever submits hears of it, and may do so again.
    if (!(error instanceof StorageError) || isOurs) await endAsUnknown(journal, error, tools);
    begun.reject(error);
  };
  begun.promise.catch(() => undefined);
  return { begun: begun.promise, done: work(journal).catch(fail) };
}

/** A bug of ours is in the log and leaves no run open. */
async function endAsUnknown(journal: RunJournal, error: unknown, tools: CarryTools): Promise<void> {
  const { id, phase } = journal.run;
  tools.reportBug(error, id);
  if (phase !== 'ended') await journal.end('unknown', null).catch((late) => tools.reportBug(late, id));
}

function verdictOf({ chainEnd }: ChainEndRequest): Verdict {
  return chainEnd.kind === 'cancelled' || chainEnd.kind === 'interrupted' ? chainEnd.kind : 'failed';
}

async function noProvider(): Promise<never> {
  throw new TypeError('The profile of this run is no longer configured');
}
