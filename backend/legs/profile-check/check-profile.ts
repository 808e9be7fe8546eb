import { randomBytes, randomUUID } from 'node:crypto';

import type { ProfileCheckLine, ProfileCheckReply } from '#protocol/profile-check.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';

import type { UpstreamAnswer, UpstreamRequest } from '../../upstream/send.ts';
import { buildAuthorizeUrl } from '../authorize-request.ts';
import { deriveValues } from '../derived-values.ts';
import { recordExchange } from '../exchange.ts';
import type { Provider } from '../provider.ts';
import { pseudonymsFor } from '../run-pseudonyms.ts';
import { buildTokenRequest } from '../token/token-request.ts';
import { judgeAuthorize } from './authorize-line.ts';
import { judgeJwks } from './jwks-line.ts';
import { notChecked, type Outcome } from './line.ts';
import { judgeToken } from './token-line.ts';

/** Tries what of a profile can be tried without a SIM, all three at once. No run is made of it and nothing is stored. */
export async function checkProfile(provider: Provider, serverKey: Buffer): Promise<ProfileCheckReply> {
  const { profile, clientSecret } = provider;
  // As a run would have them, and of no run.
  const values = deriveValues(serverKey, randomUUID());
  const pseudonyms = pseudonymsFor(values, clientSecret);
  const { correlationId } = values;
  const ask = (request: UpstreamRequest, judge: (answer: UpstreamAnswer) => Outcome) =>
    askAndJudge(provider, request, judge, pseudonyms);

  const authorizeUrl = buildAuthorizeUrl(profile, values, profile.simulator ? 'match' : null);
  const codeThatIsNone = randomBytes(32).toString('base64url');
  const codeVerifier = profile.pkce ? values.codeVerifier : null;
  const grant = { code: codeThatIsNone, codeVerifier, correlationId };
  const [authorize, token, jwks] = await Promise.all([
    ask({ method: 'GET', url: authorizeUrl, headers: { accept: 'text/html' }, body: null }, (answer) =>
      judgeAuthorize(answer, authorizeUrl, profile, pseudonyms),
    ),
    ask(buildTokenRequest(profile, clientSecret, grant), (answer) =>
      judgeToken(answer, profile, correlationId, pseudonyms),
    ),
    profile.jwksUrl
      ? ask(
          { method: 'GET', url: profile.jwksUrl, headers: { accept: 'application/json' }, body: null },
          (answer) => judgeJwks(answer, pseudonyms),
        )
      : { ...notChecked('no_jwks_configured'), durationMs: null },
  ]);
  const lines: ProfileCheckLine[] = [
    { name: 'authorize', ...authorize },
    { name: 'token', ...token },
    { name: 'jwks', ...jwks },
  ];
  return { profileId: profile.id, lines };
}

async function askAndJudge(
  { send }: Provider,
  request: UpstreamRequest,
  judge: (answer: UpstreamAnswer) => Outcome,
  pseudonyms: Pseudonyms,
): Promise<Outcome & { durationMs: number }> {
  const answer = await send(request);
  // For the stand-ins alone: what was sent is known as secret before anything of the answer is quoted.
  recordExchange(request, answer, 0, pseudonyms);
  return { ...judge(answer), durationMs: Math.round(answer.durationMs) };
}
