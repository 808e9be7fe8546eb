/** Judges one id_token by all checks, with everything healthy that a test does not change. */
import { createLocalJWKSet } from 'jose';

import type { Check } from '#protocol/check.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Profile } from '#protocol/profile.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { judgeIdToken } from '../../backend/legs/id-token/judge-id-token.ts';
import { firstFailure } from '../../backend/legs/judged.ts';
import { profileAt } from './fixtures.ts';
import { createIssuer, type Issuer } from './issuer.ts';
import { ACCESS_TOKEN, claimsFor } from './leg-bench.ts';

export const NONCE = '8d3f0f0c-2f6e-4c86-8a39-0a3f2d9d5c22';
export const issuer: Issuer = await createIssuer();

export interface Judging {
  claims?: object;
  header?: object;
  raw?: string | null;
  profile?: Partial<Profile>;
  accessToken?: string;
  /** Seconds since 1970. */
  now?: number;
  openedAt?: number;
}

export interface Judgement {
  code: FailureCode | null;
  check(name: string): Check | undefined;
  checks: Check[];
  sub: string | null;
}

export async function judge(judging: Judging = {}): Promise<Judgement> {
  const { claims = {}, header = {}, profile = {}, accessToken = ACCESS_TOKEN } = judging;
  const now = judging.now ?? Date.now() / 1000;
  const raw =
    judging.raw === undefined ? await issuer.sign(claimsFor({ nonce: NONCE }, claims), header) : judging.raw;
  const { judged, sub } = await judgeIdToken(raw, createLocalJWKSet({ keys: [issuer.jwk] }), {
    profile: profileAt('https://api.example', profile),
    nonce: NONCE,
    accessToken,
    now,
    openedAt: judging.openedAt ?? now,
    pseudonyms: createPseudonyms(),
  });
  const checks = judged.map(({ check }) => check);
  return {
    code: firstFailure(judged)?.code ?? null,
    check: (name) => checks.find((one) => one.name === name),
    checks,
    sub,
  };
}
