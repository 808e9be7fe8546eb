import { evidenceAt, failedHop, type Rule } from './rule.ts';

/** Milliseconds by which our own deadline was late: no timer of a device that is awake is. */
const LATE_MS = 5000;

/** The screen was locked or the lid closed: deadlines fire on waking, long after they were due. */
export const deviceSlept: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.code !== 'authorize.timeout_hop' && failure?.code !== 'authorize.timeout_chain') return null;
  const took = failedHop(symptoms)?.durationMs ?? 0;
  const { hopMs } = run.profile.limits;
  if (took < hopMs + LATE_MS) return null;
  return {
    code: 'device_slept',
    owner: 'you',
    seen: 'likely',
    confidence: 'likely',
    evidence: evidenceAt(symptoms, `${Math.round(took)} ms at one hop, limit ${hopMs} ms`),
    cure: 'keep_awake',
  };
};
