import { jsonReply } from '../replies.ts';
import type { EndpointOverride, FaultScenario } from '../scenario.ts';

const answered = (name: string, about: string, premiuminfo: EndpointOverride): FaultScenario => ({
  name,
  group: 'premiuminfo',
  about,
  premiuminfo,
});
const result = (device_msisdn_verified: unknown, more = {}) => ({
  body: { device_msisdn_verified, ...more },
});

/** P2 to P4, P9 and TK8 over again: premiuminfo answers 200 with something that is no result. */
export const premiuminfoResults: readonly FaultScenario[] = [
  answered('premiuminfo-result-number', 'The result is the number 1 (P2).', result(1)),
  answered('premiuminfo-result-null', 'The result is null (P2).', result(null)),
  answered('premiuminfo-result-yes', 'The result is the string "yes" (P2).', result('yes')),
  answered('premiuminfo-result-array', 'The result is an array with true in it (P2).', result([true])),
  answered('premiuminfo-result-missing', 'There is no result (P3).', result(undefined)),
  answered(
    'premiuminfo-result-misspelt',
    'The result has a misspelt name (P3).',
    result(undefined, { device_msisdn_verifed: true }),
  ),
  answered(
    'premiuminfo-result-nested',
    'The result lies one level too deep (P3).',
    result(undefined, { mc_claims: { device_msisdn_verified: true } }),
  ),
  answered('premiuminfo-sub-null', 'The subject is null (P4).', { body: { sub: null } }),
  answered('premiuminfo-sub-array', 'The subject is an array (P4).', { body: { sub: [] } }),
  answered('premiuminfo-sub-missing', 'There is no subject (P4).', { body: { sub: undefined } }),
  answered('premiuminfo-web-page', 'premiuminfo answers with a web page (P9).', {
    answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in</h1>' },
  }),
  answered('premiuminfo-null', 'The premiuminfo answer is null (TK8).', { answer: jsonReply(200, null) }),
  answered('premiuminfo-array', 'The premiuminfo answer is an array (TK8).', { answer: jsonReply(200, []) }),
  answered('premiuminfo-empty', 'The premiuminfo answer has no body (TK8).', { text: () => '' }),
  answered('premiuminfo-truncated', 'The premiuminfo answer ends in the middle, in good order (TK8).', {
    text: (json) => json.slice(0, json.length / 2),
  }),
  answered('premiuminfo-bom', 'The premiuminfo answer begins with a byte order mark (TK8).', {
    text: (json) => `\uFEFF${json}`,
  }),
  answered('premiuminfo-duplicate-members', 'The premiuminfo answer says no, then yes (TK8, RFC 8259 §4).', {
    text: (json) => json.replace('{', '{"device_msisdn_verified":false,'),
  }),
  answered('premiuminfo-correlation-id-differs', 'correlation_id is that of another request.', {
    body: { correlation_id: '00000000-0000-4000-8000-000000000000' },
  }),
];
