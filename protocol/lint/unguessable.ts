import type { LintFinding, LintRule } from './finding.ts';

/** Bits below which a value can be guessed, or is a constant that somebody forgot. */
const ENOUGH_BITS = 64;

/** `state` and `nonce`: fresh, random, and two different values. */
export const unguessable: LintRule = ({ first }) => {
  const state = first('state');
  const nonce = first('nonce');
  const weak: LintFinding[] = [];
  const look = (value: string | null, where: string, code: LintFinding['code'], clause: string) => {
    const bits = value === null ? ENOUGH_BITS : bitsOf(value);
    if (value !== null && bits < ENOUGH_BITS) {
      weak.push({ code, level: 'warning', where, given: [String(value.length), String(bits)], clause });
    }
  };
  look(state, 'state', 'state_weak', 'RFC 6749 §10.12');
  look(nonce, 'nonce', 'nonce_weak', 'OIDC Core §15.5.2');
  if (state !== null && state === nonce) {
    weak.push({
      code: 'state_is_nonce',
      level: 'warning',
      where: 'nonce',
      given: [],
      clause: 'RFC 9700 §4.7.1',
    });
  }
  return weak;
};

/** The most that a value of this alphabet and length can hold; less where it repeats itself. */
export function bitsOf(value: string): number {
  const alphabet =
    (/[0-9]/.test(value) ? 10 : 0) +
    (/[g-z]/.test(value) ? 26 : /[a-f]/.test(value) ? 6 : 0) +
    (/[G-Z]/.test(value) ? 26 : /[A-F]/.test(value) ? 6 : 0);
  const own = value.replace(/[^a-z0-9]/gi, '');
  const perCharacter = Math.min(Math.log2(Math.max(2, alphabet)), Math.log2(new Set(own).size || 1) + 1);
  return Math.floor(own.length * perCharacter);
}
