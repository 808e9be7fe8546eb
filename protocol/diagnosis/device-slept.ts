import { evidenceAt, failedHop, type Rule } from './rule.ts';

/** Milliseconds by which our own deadline was late: no timer of a device that is awake is. */
const LATE_MS = 5000;

/** The screen was locked or the lid closed: the browser says so, the clocks parted, or a deadline fired long after it was due. */
export const deviceSlept: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  const hop = failedHop(symptoms);
  if (failure?.leg !== 'authorize' || !hop || hop.location !== null) return null;
  const took = hop.durationMs ?? 0;
  const { hopMs } = run.profile.limits;
  const told = hop.error?.raw.includes('ERR_NETWORK_IO_SUSPENDED') === true;
  if (!told && !hop.notes.includes('device_slept') && took < hopMs + LATE_MS) return null;
  return {
    code: 'device_slept',
    owner: 'you',
    seen: told ? 'certain' : 'likely',
    confidence: 'likely',
    evidence: evidenceAt(
      symptoms,
      told ? (hop.error?.raw ?? '') : `${Math.round(took)} ms at one hop, asleep`,
    ),
    cure: 'keep_awake',
  };
};
