import type { FaultScenario } from '../scenario.ts';

const form = (name: string, about: string, change: (jws: string) => string): FaultScenario => ({
  name: `id-token-${name}`,
  group: 'id_token',
  about,
  idToken: { form: change },
});

/** RFC 7515 §7.1: what is no compact signed token at all. */
export const idTokenForms: readonly FaultScenario[] = [
  {
    name: 'id-token-missing',
    group: 'id_token',
    about: 'There is no id_token.',
    token: { body: { id_token: undefined } },
  },
  form('empty', 'The id_token is empty.', () => ''),
  form('two-parts', 'The id_token has two parts.', (jws) => jws.slice(0, jws.lastIndexOf('.'))),
  form('no-json', 'The claims are no JSON.', (jws) => jws.replace(/\.[^.]+\./, '.bm90IEpTT04.')),
  form('padded', 'The parts are padded base64 (RFC 7515 §2).', (jws) => jws.replace('.', '==.')),
  form('200-kb', 'The id_token has 200,000 characters.', (jws) => jws + 'A'.repeat(200_000 - jws.length)),
  form('encrypted', 'The id_token is encrypted, with RSA-OAEP.', () => jwe('RSA-OAEP', 'A256GCM')),
  form('encrypted-rsa15', 'The id_token is encrypted, with RSA1_5.', () => jwe('RSA1_5', 'A128CBC-HS256')),
];

/** RFC 7516 §7.1: five parts. No client of ours has a key for it, so nobody can tell that there is nothing inside. */
function jwe(alg: string, enc: string): string {
  const header = Buffer.from(JSON.stringify({ alg, enc })).toString('base64url');
  return [header, 'A'.repeat(342), 'A'.repeat(16), 'A'.repeat(600), 'A'.repeat(22)].join('.');
}
