import type { HashDoctorRequest } from '#protocol/backend-api.ts';
import { diagnoseHashDoctor } from '#protocol/diagnosis/hash-form-differs.ts';
import type { Run } from '#protocol/run.ts';
import { legOf } from '#protocol/run-reading.ts';

import { openJournal } from '../store/run-journal.ts';
import type { CarryTools } from './carry-run.ts';
import { deriveValues } from './derived-values.ts';
import type { Kept } from './kept-tokens.ts';
import { judgePremiuminfoAnswer } from './premiuminfo/judge-premiuminfo-answer.ts';
import { buildPremiuminfoRequest } from './premiuminfo/premiuminfo-request.ts';
import type { Provider } from './provider.ts';
import { sendRecorded } from './recorded-leg.ts';
import { pseudonymsAfter } from './run-pseudonyms.ts';

/**
 * Leg 3 of an ended run once more, with the number written the other way. The exchange is recorded and judged by the same
 * rules; the verdict stays, and only what is known of the cause can change. Returns the run as it is then.
 */
export async function repeatPremiuminfo(
  run: Run,
  { form, numberHash }: HashDoctorRequest,
  kept: Kept,
  provider: Provider,
  { store, publish, serverKey }: CarryTools,
): Promise<Run> {
  const values = deriveValues(serverKey, run.id);
  const pseudonyms = pseudonymsAfter(run, values, provider.clientSecret, kept.shown);
  const journal = openJournal(run, store, publish);
  const tools = { journal, pseudonyms, send: provider.send, elapsedMs: clockAfter(run) };

  const request = buildPremiuminfoRequest(run.profile, kept.accessToken, numberHash);
  const answer = await sendRecorded(tools, 'premiuminfo', request);
  const expected = { sub: kept.sub, correlationId: values.correlationId };
  const verified =
    answer.kind === 'answered'
      ? judgePremiuminfoAnswer(answer, run.profile, expected, pseudonyms).verified
      : null;
  const cause = diagnoseHashDoctor(journal.run, form, verified);
  journal.add({ type: 'hash_doctor', form, verified, cause });
  await journal.commit();
  return journal.run;
}

/** The run's own time axis, carried on over the time since it ended. */
function clockAfter(run: Run): () => number {
  const { startedAtMs, durationMs } = legOf(run, 'premiuminfo');
  const sinceEnd = Math.max(0, Date.now() - (run.endedAt ?? Date.now()));
  const reached = (startedAtMs ?? 0) + (durationMs ?? 0) + sinceEnd;
  const started = performance.now();
  return () => reached + (performance.now() - started);
}
