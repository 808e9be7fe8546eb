import type { OperatorError } from '#protocol/operator-error.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import type { UpstreamAnswer } from '../../upstream/send.ts';
import { judgeMembers } from '../duplicate-members.ts';
import { readEnvelope } from '../envelope.ts';
import { headerOf } from '../exchange.ts';
import { accepting, type Judged, passed, type Rule } from '../judged.ts';
import { judgeMediaType } from '../media-type.ts';
import { judgeAccessToken } from './access-token.ts';
import { judgeCacheControl } from './cache-control.ts';
import { judgeCorrelationId } from './correlation-id.ts';
import { judgeExpiresIn } from './expires-in.ts';
import { judgeRefreshToken } from './refresh-token.ts';
import { judgeScope } from './scope.ts';
import { codeOfBody, codeOfStatus } from './status.ts';
import { judgeTokenType } from './token-type.ts';

export interface Tokens {
  accessToken: string;
  idToken: string | null;
}

export interface TokenJudgement {
  judged: Judged[];
  tokens: Tokens | null;
  /** Whether the answer was one that issues tokens, good or bad: then the code is used up (RFC 6749 §4.1.2). */
  issued: boolean;
  operatorError: OperatorError | null;
}

const HTTP: Rule = { name: 'http_status', severity: 'fail', clause: 'RFC 6749 §5.1' };
const BODY: Rule = { name: 'content_type', severity: 'fail', clause: 'RFC 6749 §5.1' };

/** Judges an answered token request, RFC 6749 §5.1 and §5.2. Pure. */
export function judgeTokenAnswer(
  answer: Extract<UpstreamAnswer, { kind: 'answered' }>,
  profile: Profile,
  correlationId: string,
  pseudonyms: Pseudonyms,
): TokenJudgement {
  const envelope = readEnvelope(answer, { status: HTTP, body: BODY, codeOfStatus, codeOfBody }, pseudonyms);
  const { operatorError } = envelope;
  if (envelope.kind === 'refused')
    return { judged: envelope.judged, tokens: null, issued: false, operatorError };
  const { json } = envelope;
  const all = [
    passed(HTTP, '200'),
    judgeMediaType(headerOf(answer.headers, 'content-type')),
    judgeCacheControl(headerOf(answer.headers, 'cache-control')),
    judgeMembers(answer.body),
    judgeAccessToken(json.access_token),
    judgeTokenType(json.token_type),
    judgeExpiresIn(json.expires_in),
    judgeScope(json.scope, profile.scope),
    judgeRefreshToken(json.refresh_token),
    judgeCorrelationId(json.correlation_id, correlationId),
  ];
  const judged = accepting(all, 'token', profile.accepted);
  const usable = judged.every(({ code }) => code === null);
  const idToken = typeof json.id_token === 'string' ? json.id_token : null;
  return {
    judged,
    tokens: usable ? { accessToken: String(json.access_token), idToken } : null,
    issued: true,
    operatorError,
  };
}
