import type { LintFinding, LintRule } from './finding.ts';

/** What only the client, or the backend, may hold. */
const SECRETS = [
  'client_secret',
  'client_assertion',
  'code_verifier',
  'password',
  'access_token',
  'refresh_token',
  'id_token',
];
/** A telephone number as people write it, or behind the mark of a hint. */
const NUMBER = /^(MSISDN:)?\s*(\+|00)?[1-9]\d{8,14}$/;
/** What may be as many digits and is no number. */
const DIGITS_OF_ITS_OWN = ['client_id', 'state', 'nonce', 'max_age', 'correlation_id'];

/** What stands in an address stands in histories, logs and Referer headers, too (RFC 9700 §4.2, §4.3). */
export const givenAway: LintRule = ({ url, pairs, first }) => {
  const found: LintFinding[] = [];
  const inFragment = [...new URLSearchParams(url.hash.slice(1))];
  for (const name of new Set([...pairs, ...inFragment].map(([one]) => one))) {
    if (!SECRETS.includes(name)) continue;
    const clause = name.startsWith('client_') ? 'RFC 6749 §2.3.1' : 'RFC 9700 §4.3.2';
    found.push({ code: 'secret_in_url', level: 'error', where: name, given: [name], clause });
  }
  for (const [name, value] of pairs) {
    if (DIGITS_OF_ITS_OWN.includes(name) || !NUMBER.test(value.replace(/[\s()-]/g, ''))) continue;
    found.push({
      code: 'number_in_url',
      level: 'warning',
      where: name,
      given: [name],
      clause: 'RFC 9700 §4.2.4',
    });
  }
  const answers = ['code', 'error'].filter((name) => first(name) !== null);
  for (const name of answers) {
    found.push({
      code: 'answer_in_url',
      level: 'error',
      where: name,
      given: [name],
      clause: 'RFC 6749 §4.1.2',
    });
  }
  return found;
};
