import { evidenceAt, type Rule, rawFault } from './rule.ts';

/** A certificate or a handshake was refused: the operator's, or one of something in between. */
export const tlsBroken: Rule = (symptoms) => {
  if (!symptoms.failure?.code.endsWith('.tls')) return null;
  return {
    code: 'tls_broken',
    owner: 'operator',
    confidence: 'possible',
    evidence: evidenceAt(symptoms, rawFault(symptoms)),
    cure: 'check_captive_portal',
  };
};
