import type { HashDoctor } from '#protocol/run.ts';

import { say } from '../words.ts';

/** What the operator said to the second question, as a sentence. */
export function doctorAnswer({ form, verified }: Pick<HashDoctor, 'form' | 'verified'>): string {
  if (verified === null) return say('doctor.unanswered');
  return verified ? say(`doctor.yes_${form}`) : say('doctor.no');
}
