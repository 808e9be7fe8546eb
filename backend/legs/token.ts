import { ClientSecretBasic, ClientSecretPost } from 'oauth4webapi';

import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { failureOfError } from '#protocol/published-errors.ts';

import type { UpstreamAnswer, UpstreamRequest } from '../upstream/send.ts';
import { judgeMembers } from './duplicate-members.ts';
import { readEnvelope } from './envelope.ts';
import { headerOf } from './exchange.ts';
import { accepting, failed, type Judged, notChecked, passed, type Rule, warned } from './judged.ts';
import type { OperatorError } from './operator-error.ts';
import { shownValue } from './shown-value.ts';

export interface Grant {
  code: string;
  codeVerifier: string | null;
  correlationId: string;
}

/** Token request, RFC 6749 §4.1.3, authenticated as the profile says (§2.3.1). Pure: `upstream/send.ts` does the talking. */
export function buildTokenRequest(profile: Profile, clientSecret: string, grant: Grant): UpstreamRequest {
  const parameters = new URLSearchParams({
    grant_type: 'authorization_code',
    code: grant.code,
    redirect_uri: profile.redirectUri,
    correlation_id: grant.correlationId,
  });
  if (grant.codeVerifier) parameters.set('code_verifier', grant.codeVerifier);
  const headers = new Headers({ accept: 'application/json' });
  const authenticate = profile.tokenAuth === 'post' ? ClientSecretPost : ClientSecretBasic;
  authenticate(clientSecret)(
    { issuer: profile.issuer ?? profile.tokenUrl },
    { client_id: profile.clientId },
    parameters,
    headers,
  );
  // Some gateways read the parameters from the query only; RFC 6749 wants the body, so this is a profile's choice.
  if (profile.tokenParams === 'query') {
    const url = new URL(profile.tokenUrl);
    for (const [name, value] of parameters) url.searchParams.set(name, value);
    return { method: 'POST', url: url.href, headers: Object.fromEntries(headers), body: null };
  }
  headers.set('content-type', 'application/x-www-form-urlencoded');
  return {
    method: 'POST',
    url: profile.tokenUrl,
    headers: Object.fromEntries(headers),
    body: `${parameters}`,
  };
}

export interface Tokens {
  accessToken: string;
  idToken: string | null;
}

export interface TokenJudgement {
  judged: Judged[];
  tokens: Tokens | null;
  operatorError: OperatorError | null;
}

const HTTP: Rule = { name: 'http_status', severity: 'fail', clause: 'RFC 6749 §5.1' };
const MEDIA: Rule = { name: 'content_type', severity: 'warn', clause: 'RFC 6749 §5.1' };
const ACCESS: Rule = { name: 'access_token', severity: 'fail', clause: 'RFC 6749 §5.1' };
const TYPE: Rule = { name: 'token_type', severity: 'fail', clause: 'RFC 6749 §7.1' };
const EXPIRES: Rule = { name: 'expires_in', severity: 'warn', clause: 'RFC 6749 §5.1' };
const SCOPE: Rule = { name: 'scope', severity: 'warn', clause: 'RFC 6749 §5.1' };
const REFRESH: Rule = { name: 'refresh_token', severity: 'warn', clause: 'Mobile Connect DI R2.3' };
const CORRELATION: Rule = { name: 'correlation_id', severity: 'warn', clause: 'Mobile Connect DI R2.3' };

/** What a server says of a request by status alone (RFC 9110 §15.5); another one, without a word, says nothing. */
const REFUSALS = new Set([400, 401, 403, 404, 405, 406, 408, 410, 413, 414, 415, 421, 422]);

/** Longer than any real access token (RFC 6750 sets no limit); more is an attack on what carries it. */
const LONGEST_TOKEN = 16_384;

/** Judges an answered token request, RFC 6749 §5.1 and §5.2. Pure. */
export function judgeTokenAnswer(
  answer: Extract<UpstreamAnswer, { kind: 'answered' }>,
  profile: Profile,
  correlationId: string,
  pseudonyms: Pseudonyms,
): TokenJudgement {
  const envelope = readEnvelope(answer, { status: HTTP, body: MEDIA, codeOfStatus, codeOfBody }, pseudonyms);
  const { operatorError } = envelope;
  if (envelope.kind === 'refused') return { judged: envelope.judged, tokens: null, operatorError };
  const { json } = envelope;
  const all = [
    passed(HTTP, '200'),
    judgeMediaType(headerOf(answer.headers, 'content-type')),
    judgeMembers(answer.body),
    judgeAccessToken(json.access_token),
    judgeTokenType(json.token_type),
    judgeExpiresIn(json.expires_in),
    judgeScope(json.scope, profile.scope),
    json.refresh_token === undefined ? passed(REFRESH, 'none') : warned(REFRESH, 'none', 'sent, and dropped'),
    json.correlation_id === correlationId
      ? passed(CORRELATION, correlationId)
      : warned(CORRELATION, correlationId, shownValue(json.correlation_id)),
  ];
  const judged = accepting(all, profile.accepted);
  const usable = judged.every(({ code }) => code === null);
  const idToken = typeof json.id_token === 'string' ? json.id_token : null;
  return {
    judged,
    tokens: usable ? { accessToken: String(json.access_token), idToken } : null,
    operatorError,
  };
}

function codeOfStatus(status: number, error: OperatorError | null): FailureCode | null {
  if (status >= 300 && status < 400) return 'token.redirect_refused';
  if (status === 429) return 'token.rate_limited';
  if (status >= 500) return 'token.unavailable';
  const named = error ? failureOfError('token', error.error) : null;
  // RFC 6749 §5.2: 401 is for a client that is not authenticated, whatever words come with it.
  if (status === 401 && (named === null || named === 'token.operator_error')) return 'token.invalid_client';
  if (named) return named;
  if (REFUSALS.has(status)) return 'token.operator_error';
  return status === 200 ? null : 'token.not_conformant';
}

function codeOfBody(kind: 'other' | 'not_json'): FailureCode {
  return kind === 'other' ? 'token.not_conformant' : 'token.not_json';
}

function judgeMediaType(contentType: string): Judged {
  return /^application\/([\w.-]+\+)?json\b/i.test(contentType)
    ? passed(MEDIA, contentType)
    : warned(MEDIA, 'application/json', contentType || 'absent');
}

function judgeAccessToken(token: unknown): Judged {
  if (typeof token !== 'string' || token === '') {
    return failed(
      ACCESS,
      'token.missing_access_token',
      'a non-empty string',
      token === '' ? 'empty' : typeof token,
    );
  }
  // RFC 6750 §2.1 (b64token): anything else could end the header it is sent in.
  if (!/^[\x21-\x7e]+$/.test(token) || token.length > LONGEST_TOKEN) {
    return failed(
      ACCESS,
      'token.not_conformant',
      'at most 16384 visible ASCII characters',
      `${token.length} characters`,
    );
  }
  return passed(ACCESS);
}

function judgeTokenType(type: unknown): Judged {
  return typeof type === 'string' && type.toLowerCase() === 'bearer'
    ? passed(TYPE, type)
    : failed(TYPE, 'token.bad_token_type', 'Bearer', shownValue(type));
}

function judgeExpiresIn(value: unknown): Judged {
  if (value === undefined) return notChecked(EXPIRES, 'not_sent');
  const seconds = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds > 0) || seconds > 31_536_000) {
    return failed(EXPIRES, 'token.not_conformant', 'seconds above 0', shownValue(value));
  }
  return typeof value === 'string'
    ? warned(EXPIRES, 'a number', `the string "${value}"`)
    : passed(EXPIRES, `${value} s`);
}

/** RFC 6749 §5.1: no scope in the answer means the scope asked for. */
function judgeScope(granted: unknown, asked: string): Judged {
  if (granted === undefined) return notChecked(SCOPE, 'not_sent');
  const shown = shownValue(granted);
  const given = typeof granted === 'string' ? granted.split(' ') : [];
  const missing = asked.split(' ').filter((one) => !given.includes(one));
  return missing.length === 0 ? passed(SCOPE, shown) : warned(SCOPE, asked, shown);
}
