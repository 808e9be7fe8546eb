import type { JWTVerifyGetKey } from 'jose';

import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import type { RunJournal } from '../store/run-journal.ts';
import type { Send } from '../upstream/send.ts';
import type { DerivedValues } from './derived-values.ts';

/** What the code was redeemed for. */
export interface Granted {
  accessToken: string;
  /** sub of the id_token; null where the profile allows an answer without one. */
  sub: string | null;
}

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
  /** By which a code is recognised that was spent before (RFC 6749 §4.1.2). */
  codeDigest(code: string): string;
  /** Keeps the access token, sealed, for the five minutes in which the hash doctor may be asked. */
  keepToken(granted: Granted): Promise<void>;
  /** Monotonic milliseconds since the run began, on the browser's axis. */
  elapsedMs(): number;
  /** Wall clock, milliseconds. */
  now(): number;
}
