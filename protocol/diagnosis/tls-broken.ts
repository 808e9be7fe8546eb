import { evidenceAt, failedHop, type Rule, rawFault } from './rule.ts';

/** A certificate or a handshake was refused: the operator's, one of something in between, or by a clock that is wrong. */
export const tlsBroken: Rule = (symptoms) => {
  const { failure } = symptoms;
  if (!failure?.code.endsWith('.tls')) return null;
  const raw = rawFault(symptoms);
  const broken = { code: 'tls_broken', confidence: 'possible', evidence: evidenceAt(symptoms, raw) } as const;
  if (failure.leg !== 'authorize') return { ...broken, owner: 'backend', cure: 'check_backend_tls' };
  if (/DATE_INVALID|EXPIRED/i.test(raw)) return { ...broken, owner: 'you', cure: 'check_captive_portal' };
  // At the first hop nothing of the operator has been seen yet, and portals begin with a certificate of their own.
  const owner =
    failedHop(symptoms)?.index === 1 && /AUTHORITY|COMMON_NAME/i.test(raw) ? 'network' : 'operator';
  return { ...broken, owner, cure: 'check_captive_portal' };
};
