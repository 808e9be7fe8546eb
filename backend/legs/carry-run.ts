import type { CallbackRequest, ChainEndRequest } from '#protocol/backend-api.ts';
import { createPseudonyms, type Pseudonyms } from '#protocol/pseudonyms.ts';
import type { Run, Verdict } from '#protocol/run.ts';
import type { RunEvent } from '#protocol/run-events.ts';

import { openJournal, type RunJournal } from '../store/run-journal.ts';
import type { RunStore } from '../store/run-store.ts';
import { judgeChain } from './chain/judge-chain.ts';
import { deriveValues, keyedDigest } from './derived-values.ts';
import { shownChecks } from './judged.ts';
import type { KeptTokens } from './kept-tokens.ts';
import type { Granted, LegTools } from './leg-tools.ts';
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

/** Carries a run from its callback to its verdict, whether or not anyone is still listening. Never rejects. */
export async function carryFromCallback(
  run: Run,
  submission: CallbackRequest,
  tools: CarryTools,
): Promise<void> {
  const journal = openJournal(run, tools.store, tools.publish);
  const provider = tools.providerOf(run.profile.id);
  const values = deriveValues(tools.serverKey, run.id);
  const pseudonyms = pseudonymsFor(values, provider?.clientSecret ?? '');
  const received = performance.now();
  const legTools: LegTools = {
    // The snapshot, not today's configuration: a profile edited in mid-run does not change the run.
    profile: run.profile,
    clientSecret: provider?.clientSecret ?? '',
    values,
    pseudonyms,
    send: provider?.send ?? noProvider,
    keys: provider?.keys ?? null,
    journal,
    spendCode: (code) => tools.store.spendCode(run.profile.id, keyedDigest(tools.serverKey, 'code', code)),
    keepToken: (granted) => keepToken(run.id, granted, pseudonyms, tools),
    elapsedMs: () => submission.chainEnd.atMs + (performance.now() - received),
    now: () => Date.now(),
  };
  try {
    await runLegs(submission, legTools);
  } catch (error) {
    await endAsUnknown(journal, error, tools);
  }
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

/** Ends a run whose chain gave nothing to redeem: with the walker's failure, or as cut short. Never rejects. */
export async function carryFromChainEnd(
  run: Run,
  submission: ChainEndRequest,
  tools: CarryTools,
): Promise<void> {
  const journal = openJournal(run, tools.store, tools.publish);
  try {
    journal.add({ type: 'chain', hops: submission.hops, chainEnd: submission.chainEnd });
    const shown = shownChecks(judgeChain(run, submission), createPseudonyms());
    journal.add({ type: 'checks', leg: 'authorize', checks: shown });
    const verdict = verdictOf(submission);
    finishLeg(
      { journal, elapsedMs: () => submission.chainEnd.atMs },
      'authorize',
      verdict === 'failed' ? 'failed' : 'unknown',
      0,
    );
    await journal.end(verdict, submission.failure);
  } catch (error) {
    await endAsUnknown(journal, error, tools);
  }
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
