import * as bad from './moments-bad.ts';
import * as doctor from './moments-doctor.ts';
import * as evidence from './moments-evidence.ts';
import * as good from './moments-good.ts';

/** Every state of a run a person can meet, by name. */
export const moments = { ...good, ...bad, ...doctor, ...evidence };
