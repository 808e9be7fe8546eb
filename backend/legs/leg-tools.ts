import type { JWTVerifyGetKey } from 'jose';

import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import type { RunJournal } from '../store/run-journal.ts';
import type { Send } from '../upstream/send.ts';
import type { DerivedValues } from './derived-values.ts';

/** All that a run needs of the world, handed in. */
export interface LegTools {
  profile: Profile;
  clientSecret: string;
  values: DerivedValues;
  pseudonyms: Pseudonyms;
  send: Send;
  /** Null where the profile names no JWKS. */
  keys: JWTVerifyGetKey | null;
  journal: RunJournal;
  /** True for the first run that brings this code, false for ever after (RFC 6749 §4.1.2). */
  spendCode(code: string): Promise<boolean>;
  /** Monotonic milliseconds since the run began, on the browser's axis. */
  elapsedMs(): number;
  /** Wall clock, milliseconds. */
  now(): number;
}
