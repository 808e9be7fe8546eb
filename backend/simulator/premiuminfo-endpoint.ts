import { altered, quoting } from './altered-answer.ts';
import type { Handler } from './call.ts';
import type { Grant } from './grants.ts';
import { errorReply, jsonReply, methodNotAllowed } from './replies.ts';
import type { Reply } from './scenario.ts';
import { hashOfNumber, pcrOf } from './subscribers.ts';
import { played } from './toxic.ts';

const malformed = errorReply(400, 'invalid_request', 'Malformed request, invalid url encoding');

/** Verified MSISDN: does the claimed number belong to the SIM that was authenticated? A "no" is not an error. */
export const premiuminfoEndpoint: Handler = (call, operator) => {
  operator.counters.premiuminfo += 1;
  if (call.method !== 'POST') return methodNotAllowed('POST');
  const token = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i.exec(call.headers.authorization ?? '')?.[1];
  const grant = token ? operator.grants.byToken(token) : undefined;
  if (!grant) {
    const challenge = 'Bearer realm="mobileconnect", error="invalid_token"';
    return errorReply(401, 'invalid_token', 'access_token does not exist', { 'www-authenticate': challenge });
  }
  grant.seen.premiuminfo += 1;
  const { premiuminfo } = grant.scenario;
  return played(premiuminfo, grant.seen.premiuminfo, () => quoting(premiuminfo, call) ?? judge(grant, call));
};

function judge(grant: Grant, call: Parameters<Handler>[0]): Reply {
  if (!/^application\/json *(;|$)/i.test(call.headers['content-type'] ?? '')) return malformed;
  const body = parseObject(call.body);
  const claims = body?.mc_claims;
  if (!body || !isObject(claims)) return malformed;
  const [name, ...more] = Object.keys(claims);
  const value = claims[name ?? ''];
  if (more.length || typeof value !== 'string') return malformed;

  const { number } = grant.subscriber;
  // The attribute has to be the one the scope was granted for.
  const attributes: Record<string, { scope: string; form: RegExp; own: string }> = {
    device_msisdn_hash: {
      scope: 'mc_vm_match_hash',
      form: /^[0-9a-f]{64}$/,
      own: hashOfNumber(number, grant.scenario.hashForm),
    },
    device_msisdn: { scope: 'mc_vm_match', form: /^\+[1-9]\d{6,14}$/, own: number },
  };
  const attribute = name && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  if (!attribute) return malformed;
  if (!grant.request.scope.includes(attribute.scope)) {
    const challenge = `Bearer realm="mobileconnect", error="insufficient_scope", scope="openid ${attribute.scope}"`;
    return errorReply(403, 'insufficient_scope', 'Insufficient scope', { 'www-authenticate': challenge });
  }
  if (!attribute.form.test(value)) return malformed;

  const correlationId =
    typeof body.correlation_id === 'string' ? body.correlation_id : grant.request.correlationId;
  const { premiuminfo } = grant.scenario;
  const info = {
    sub: pcrOf(grant.subscriber, grant.clientId),
    device_msisdn_verified: value === attribute.own,
    ...(correlationId ? { correlation_id: correlationId } : {}),
    ...premiuminfo?.body,
  };
  return altered(jsonReply(200, info), premiuminfo);
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
