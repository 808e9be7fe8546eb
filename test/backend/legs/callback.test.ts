import { describe, expect, test } from 'vitest';

import { createPseudonyms } from '#protocol/pseudonyms.ts';

import { type CallbackJudgement, judgeCallback } from '../../../backend/legs/callback/judge-callback.ts';
import { deriveValues } from '../../../backend/legs/derived-values.ts';
import { profileAt, REDIRECT_URI } from '../../support/fixtures.ts';

const values = deriveValues(Buffer.alloc(32, 1), 'run-1');
const foreign = deriveValues(Buffer.alloc(32, 1), 'run-2');
const profile = profileAt('https://api.example');

/** Judges redirect_uri with these parameters; an array stands for a parameter sent several times. */
function judge(
  change: Record<string, string | string[] | undefined>,
  { base = REDIRECT_URI, issuer = profile.issuer }: { base?: string; issuer?: string | null } = {},
): CallbackJudgement {
  const parameters = { code: 'SplxlOBeZQQYbYS6WxSbIA', state: values.state, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ correlation_id: values.correlationId, ...parameters }))
    for (const one of [value ?? []].flat()) query.append(name, one);
  return judgeCallback(`${base}?${query}`, { ...profile, issuer }, values, createPseudonyms());
}

const resultOf = ({ judged }: CallbackJudgement, name: string) =>
  judged.find(({ check }) => check.name === name)?.check.result;

test('gives the code of a response that is ours', () => {
  const judgement = judge({});
  expect(judgement.failure).toBeNull();
  expect(judgement.code).toBe('SplxlOBeZQQYbYS6WxSbIA');
  expect(judgement.judged.map(({ check }) => [check.name, check.result])).toEqual([
    ['redirect_uri', 'passed'],
    ['parameters', 'passed'],
    ['state', 'passed'],
    ['iss_param', 'not_checked'],
    ['correlation_id', 'passed'],
    ['code', 'passed'],
  ]);
});

const error = { code: undefined, error: 'access_denied' };
const upper = values.state.toUpperCase();
describe('refuses', () => {
  test.each([
    ['neither code nor error (RFC 6749 §4.1.2, C1)', { code: undefined }, 'callback.missing_code'],
    ['code and error together (RFC 6749 §4.1.2.1, C2)', { error: 'x' }, 'callback.code_and_error'],
    ['code twice (RFC 6749 §3.1, C3)', { code: ['a', 'b'] }, 'callback.duplicate_param'],
    ['the same code twice (RFC 6749 §3.1, C3)', { code: ['a', 'a'] }, 'callback.duplicate_param'],
    ['state twice (RFC 6749 §3.1, C3)', { state: [values.state, 'x'] }, 'callback.duplicate_param'],
    ['iss twice (RFC 6749 §3.1, C3)', { iss: ['a', 'b'] }, 'callback.duplicate_param'],
    ['an empty code (C4)', { code: '' }, 'callback.code_malformed'],
    ['a code of 2049 characters (C5)', { code: 'a'.repeat(2049) }, 'callback.code_malformed'],
    ['a code with a line break (RFC 6749 Appendix A.11, C5)', { code: 'a\nb' }, 'callback.code_malformed'],
    ['a code outside ASCII (RFC 6749 Appendix A.11, C5)', { code: 'é' }, 'callback.code_malformed'],
    ['an absent state (RFC 6749 §10.12, C6)', { state: undefined }, 'callback.state_missing'],
    ['an empty state (RFC 6749 §10.12, C6)', { state: '' }, 'callback.state_missing'],
    ['an absent state beside an error (C6)', { ...error, state: undefined }, 'callback.state_missing'],
    ['a state that differs (RFC 6749 §10.12, C7)', { state: 'x' }, 'callback.state_mismatch'],
    ['the state of another run (RFC 6749 §10.12, C7)', { state: foreign.state }, 'callback.state_mismatch'],
    ['a state in another case (RFC 6749 §10.12, C7)', { state: upper }, 'callback.state_mismatch'],
    ['a state with a trailing space (C7)', { state: `${values.state} ` }, 'callback.state_mismatch'],
    ['iss of another issuer (RFC 9207 §2.4, C10)', { iss: 'https://evil.example' }, 'callback.iss_mismatch'],
    ['iss that only begins like ours (RFC 9207 §2.4, C10)', { iss: 'mobile' }, 'callback.iss_mismatch'],
    ['a signed response (JARM) by name', { response: 'eyJ.e30.x' }, 'callback.response_not_supported'],
  ])('%s', (_name, change: Record<string, string | string[] | undefined>, code) => {
    const judgement = judge(change);
    expect(judgement.failure?.code).toBe(code);
    expect(judgement.code).toBeNull();
  });
});

describe('accepts', () => {
  test.each([
    ['a code of 2048 characters (C5)', { code: 'a'.repeat(2048) }],
    ['a code with a plus sign, decoded once (C19)', { code: 'a+b/c=' }],
    ['iss of the configured issuer (RFC 9207 §2.4, C10)', { iss: 'mobileconnect/issuer' }],
    ['parameters nobody knows (RFC 6749 §4.1.2, C18)', { mcc: '234', tracking: 'x' }],
  ])('%s', (_name, change: Record<string, string>) => {
    expect(judge(change)).toMatchObject({ failure: null, code: change.code ?? 'SplxlOBeZQQYbYS6WxSbIA' });
  });

  test('iss unread where the profile names no issuer, and says so (C10)', () => {
    const judgement = judge({ iss: 'https://any.example' }, { issuer: null });
    expect(judgement.failure).toBeNull();
    expect(resultOf(judgement, 'iss_param')).toBe('not_checked');
  });

  test.each([
    ['absent', undefined],
    ['changed', 'x'],
  ])('a correlation_id that is %s, with a warning (C11)', (_name, correlation_id) => {
    const judgement = judge({ correlation_id });
    expect(judgement.failure).toBeNull();
    expect(resultOf(judgement, 'correlation_id')).toBe('warned');
  });

  test('percent-encoding that is none, as U+FFFD or as text (C19)', () => {
    const url = `${REDIRECT_URI}?code=a%zz&state=${values.state}`;
    expect(judgeCallback(url, profile, values, createPseudonyms()).code).toBe('a%zz');
    const bad = `${REDIRECT_URI}?code=%ff&state=${values.state}`;
    expect(judgeCallback(bad, profile, values, createPseudonyms()).failure?.code).toBe(
      'callback.code_malformed',
    );
  });
});

describe('believes only redirect_uri itself (RFC 9700 §4.1.3)', () => {
  test.each([
    ['https://app.example.evil.example/callback', 'C12'],
    ['https://app.example@evil.example/callback', 'C12'],
    ['https://app.example/callback/more', 'C12'],
    ['https://app.example:444/callback', 'C12'],
    ['https://app.example./callback', 'C12'],
    ['https://app.example/callback%2f', 'C12'],
    ['https://evil.example/?next=https://app.example/callback', 'C12'],
    ['http://app.example/callback', 'C13'],
    ['not a URL', 'C12'],
  ])('refuses %s (%s)', (base) => {
    expect(judge({}, { base }).failure?.code).toBe('callback.wrong_redirect_uri');
  });
});

describe('an error response', () => {
  test('is the operator’s own, word for word (RFC 6749 §4.1.2.1)', () => {
    const judgement = judge({ ...error, error_description: 'Unknown user' });
    expect(judgement.failure).toEqual({ code: 'authorize.access_denied', check: null });
    expect(judgement.operatorError).toEqual({ error: 'access_denied', description: 'Unknown user' });
  });

  test.each(['login_required', 'interaction_required', 'consent_required', 'account_selection_required'])(
    '%s means that a person would have to act (OIDC Core §3.1.2.6, A26)',
    (word) => {
      expect(judge({ ...error, error: word }).failure?.code).toBe(`authorize.${word}`);
    },
  );

  test('counts only with our state: a forged one is no answer of the operator (A25)', () => {
    const judgement = judge({ ...error, state: 'x' });
    expect(judgement.failure?.code).toBe('callback.state_mismatch');
    expect(judgement.operatorError).toBeNull();
  });

  test('is shown as text, capped, without control or bidi characters (C17)', () => {
    const error_description = `<script>x</script>\u202Eevil\r\n${'a'.repeat(10_000)}`;
    const description = judge({ ...error, error_description }).operatorError?.description ?? '';
    expect(description).toMatch(/^<script>x<\/script> evil {2}a+$/);
    expect(description).toHaveLength(512);
  });
});

test('shows neither state in clear in any check', () => {
  const judgement = judge({ state: foreign.state });
  const text = JSON.stringify(judgement.judged);
  expect(text).not.toContain(values.state);
  expect(text).not.toContain(foreign.state);
  expect(judgement.judged.find(({ check }) => check.name === 'state')?.check).toMatchObject({
    expected: '‹state:1›',
    actual: '‹state:2›',
  });
});
