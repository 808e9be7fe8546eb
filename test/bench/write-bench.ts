import type { Exchange } from '#protocol/leg.ts';
import type { Run } from '#protocol/run.ts';
import type { NewRunEvent, RunEvent } from '#protocol/run-events.ts';

import { runFrom } from '../../backend/store/database/run-columns.ts';
import type { RunStore } from '../../backend/store/run-store.ts';
import { type MadeUpRun, madeUpRun } from './made-up-history.ts';

/** Runs under way at any moment. */
const IN_FLIGHT = 256;

/** Whole runs a second, each with all that the routes ask of the store for it; the next step waits for the commit of the one before. */
export async function runsASecond(store: RunStore, count: number): Promise<number> {
  const warm = Math.min(count, 2000);
  await wholeRuns(store, 0, warm);
  const started = performance.now();
  await wholeRuns(store, warm, count);
  return Math.round(count / ((performance.now() - started) / 1000));
}

async function wholeRuns(store: RunStore, from: number, count: number): Promise<void> {
  let next = from;
  const one = async () => {
    while (next < from + count) {
      next += 1;
      await wholeRun(store, next);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
}

/** As `create-run.ts`, `submit-leg-one.ts` and the journal do it: created, claimed, and its three commits. */
async function wholeRun(store: RunStore, number: number): Promise<void> {
  const { run, created, rest } = begunNow(madeUpRun(number));
  const [chain, leg, ended] = rest as [RunEvent, RunEvent, RunEvent];
  const stamped = (after: number, events: readonly NewRunEvent[]) =>
    events.map((event, at) => ({ ...event, sequence: after + at + 1, at: created.at }) as RunEvent);
  const began = (name: 'token' | 'premiuminfo'): NewRunEvent => ({
    ...({ type: 'leg', leg: name, outcome: 'running', startedAtMs: 1, durationMs: null } as const),
  });
  const answered = (name: 'token' | 'premiuminfo'): NewRunEvent[] => [
    { type: 'exchange', leg: name, exchange: EXCHANGE },
    { type: 'leg', leg: name, outcome: 'passed', startedAtMs: 1, durationMs: 50 },
  ];
  const commits = [
    stamped(1, [chain, leg, { type: 'phase', phase: 'redeeming' }, began('token')]),
    stamped(5, [...answered('token'), { type: 'phase', phase: 'verifying' }, began('premiuminfo')]),
    stamped(9, [...answered('premiuminfo'), ended]),
  ] as const;
  const records = commits.map((_, at) => runFrom([created, ...commits.slice(0, at + 1).flat()]));
  const [begun, carried, over] = records as [Run, Run, Run];
  await store.create(run, created, 'digest');
  await store.read(run.id);
  const submission = { digest: `submission ${number}`, numberHmac: `hmac ${number}` };
  await store.claimSubmission(begun, commits[0], submission, `code ${number}`);
  await store.append(carried, commits[1]);
  await store.append(over, commits[2]);
}

/** What is walked now is the newest there is: only a history that was filled in has runs of all days in any order. */
function begunNow({ run, rest }: MadeUpRun): MadeUpRun {
  const startedAt = Date.now();
  const begun = { ...run, startedAt, localDay: new Date(startedAt).toISOString().slice(0, 10) };
  return { run: begun, created: { type: 'created', sequence: 1, at: startedAt, run: begun }, rest };
}

const EXCHANGE: Exchange = {
  request: {
    method: 'POST',
    url: 'https://api.example/token',
    headers: [{ name: 'authorization', value: 'Basic ‹basic:1›' }],
    body: 'grant_type=authorization_code&code=‹code:1›&redirect_uri=https://app.example/callback',
  },
  response: {
    status: 200,
    headers: [{ name: 'content-type', value: 'application/json' }],
    body: '{"access_token":"‹access_token:1›","token_type":"Bearer","expires_in":300}',
  },
  error: null,
  sent: 'yes',
  startedAtMs: 1,
  durationMs: 50,
};
