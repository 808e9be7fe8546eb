import { createHash } from 'node:crypto';
import { altered, quoting } from './altered-answer.ts';
import type { Handler } from './call.ts';
import { isClient } from './client-authentication.ts';
import { type Grant, tokenLifeSeconds } from './grants.ts';
import { signIdToken } from './id-token.ts';
import type { OperatorState } from './operator-state.ts';
import { errorReply, jsonReply, methodNotAllowed } from './replies.ts';
import type { Reply } from './scenario.ts';
import { played } from './toxic.ts';

const basicChallenge = { 'www-authenticate': 'Basic realm="mobileconnect", charset="UTF-8"' };

/** RFC 6749 §4.1.3: the code for tokens, once. */
export const tokenEndpoint: Handler = async (call, operator) => {
  operator.counters.token += 1;
  if (call.method !== 'POST') return methodNotAllowed('POST');
  if (!isClient(call.headers.authorization, operator.client)) {
    return errorReply(401, 'invalid_client', 'Client authentication failed', basicChallenge);
  }
  // RFC 6749 §4.1.3 puts the parameters in the body; a URL ends up in logs.
  const isForm = /^application\/x-www-form-urlencoded *(;|$)/i.test(call.headers['content-type'] ?? '');
  const form = new URLSearchParams(isForm && !call.rawQuery ? call.body : '');
  if (new Set(form.keys()).size !== form.size) {
    return errorReply(400, 'invalid_request', 'Malformed request, duplicate parameter entries');
  }
  // RFC 6749 §2.3: a client must not authenticate in two ways at once.
  if (form.has('client_secret')) {
    return errorReply(400, 'invalid_request', 'Malformed request multiple problems exist');
  }
  for (const name of ['grant_type', 'code', 'redirect_uri']) {
    if (!form.get(name))
      return errorReply(400, 'invalid_request', `Mandatory parameter ${name} is missing (or) invalid`);
  }
  if (form.get('grant_type') !== 'authorization_code') {
    return errorReply(
      400,
      'unsupported_grant_type',
      'Mandatory parameter grant_type is missing (or) invalid',
    );
  }

  const grant = operator.grants.byCode(form.get('code') ?? '');
  if (!grant) return errorReply(400, 'invalid_grant', 'The code is invalid');
  grant.seen.token += 1;
  const { token } = grant.scenario;
  return played(token, grant.seen.token, () => quoting(token, call) ?? redeem(grant, form, operator));
};

async function redeem(grant: Grant, form: URLSearchParams, operator: OperatorState): Promise<Reply> {
  if (grant.codeUsed) {
    // RFC 6749 §4.1.2: a second use may be a thief's, so what the first one brought is taken back.
    operator.grants.revoke(grant);
    return errorReply(400, 'invalid_grant', 'The code has already been used');
  }
  grant.codeUsed = true;
  if (Date.now() >= grant.codeExpiresAt) return errorReply(400, 'invalid_grant', 'The code has expired');
  if (form.get('redirect_uri') !== grant.redirectUri) {
    return errorReply(400, 'invalid_grant', 'redirect_uri differs from the authorization request');
  }
  if (!isVerified(grant.request.codeChallenge, form.get('code_verifier'))) {
    return errorReply(400, 'invalid_grant', 'code_verifier is missing or does not match');
  }
  const accessToken = operator.grants.issueToken(grant);
  const goesDown = operator.backDoor.shutFor(grant.scenario.premiuminfo);
  const correlationId = form.get('correlation_id') ?? grant.request.correlationId;
  const { token, clockSeconds = 0 } = grant.scenario;
  const tokens = {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: tokenLifeSeconds,
    id_token: await signIdToken(grant, accessToken, operator),
    ...(correlationId ? { correlation_id: correlationId } : {}),
    ...token?.body,
  };
  const headers = {
    pragma: 'no-cache',
    date: new Date(Date.now() + clockSeconds * 1000).toUTCString(),
    // The connection must not outlive the door it came by.
    ...(goesDown ? { connection: 'close' } : {}),
  };
  return altered(jsonReply(200, tokens, headers), token);
}

/** RFC 7636 §4.6; a verifier nobody announced is refused as well (RFC 9700 §4.8.2, downgrade). */
function isVerified(challenge: string | undefined, verifier: string | null): boolean {
  if (challenge === undefined) return verifier === null;
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier ?? '')) return false;
  return (
    createHash('sha256')
      .update(verifier ?? '')
      .digest('base64url') === challenge
  );
}
