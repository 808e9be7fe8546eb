import { evidenceAt, lastExchange, type Rule } from './rule.ts';

export const tlsBroken: Rule = (symptoms) => {
  if (!symptoms.failure?.code.endsWith('.tls')) return null;
  const hop = symptoms.run.hops.findLast(({ error }) => error !== null);
  return {
    code: 'tls_broken',
    owner: 'operator',
    confidence: 'possible',
    evidence: evidenceAt(symptoms, lastExchange(symptoms)?.error?.raw ?? hop?.error?.raw ?? 'TLS'),
    cure: 'check_captive_portal',
  };
};
