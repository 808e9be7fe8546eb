import { signal } from '@preact/signals';
import type { HashForm } from '#protocol/profile.ts';
import type { Run } from '#protocol/run.ts';

/** The run whose hash doctor is open; another run begins with it closed. */
export const doctorOpenFor = signal<string | null>(null);

/** Milliseconds after the end of a run for which the backend keeps its access token. */
const ASKABLE_MS = 5 * 60_000;

/** What there is to say of the second question: what it came to, or whether it can be asked and until when. */
export type DoctorState =
  | { kind: 'answered'; form: HashForm; verified: boolean | null }
  | { kind: 'not_allowed' }
  | { kind: 'askable'; until: number };

export function doctorState({ hashDoctor, profile, endedAt }: Run): DoctorState {
  if (hashDoctor) return { kind: 'answered', form: hashDoctor.form, verified: hashDoctor.verified };
  if (!profile.hashDoctor) return { kind: 'not_allowed' };
  return { kind: 'askable', until: (endedAt ?? 0) + ASKABLE_MS };
}

/** Only "no" raises the question how the number was written. */
export function hasDoctor({ verdict, number }: Run): boolean {
  return verdict === 'no_match' && number !== null;
}
