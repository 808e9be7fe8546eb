import { describe, expect, test } from 'vitest';
import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { Run } from '#protocol/run.ts';

import {
  inspectedAtEnd,
  inspectedAtStart,
  inspectedInterrupted,
} from '../../../extension/runner/inspect-state.ts';
import { hostsOf, inspectedRecord } from '../../../extension/runner/inspected-record.ts';
import { judgeInspected } from '../../../extension/runner/judge-inspected.ts';

const SECRET = 'c0ffee-secret-of-somebody-1234567890';
const PASTED = new URL(
  `https://api.operator.example/authorize?client_id=demo&state=${SECRET}&login_hint=MSISDN:447700900907&client_secret=${SECRET}x&redirect_uri=https%3A%2F%2Fapp.example%2Fcb`,
);
const record = () => inspectedRecord(PASTED, createPseudonyms(), new Date(1_700_000_000_000));
const walked = (kind: 'callback' | 'cancelled' | 'refused') => ({
  hops: [],
  chainEnd: { kind, url: 'https://app.example/cb?code=‹code:1›', atMs: 5 },
  callbackUrl: null,
  failure: null,
});

describe('the record of a pasted URL', () => {
  test('is a run like any other, so that it can be exported and read back, and holds no secret of the URL (PR3)', () => {
    const { cause: _, ...run } = inspectedAtEnd(
      inspectedAtStart(record(), true),
      walked('callback'),
      null,
    ).run;
    expect(Run.safeParse({ ...run, cause: null }).success).toBe(true);
    expect(JSON.stringify(run)).not.toMatch(/c0ffee|447700900907/);
  });

  test('never says match: nobody redeemed the code', () => {
    const end = (kind: 'callback' | 'cancelled') =>
      inspectedAtEnd(inspectedAtStart(record(), true), walked(kind), null).run;
    expect(end('callback')).toMatchObject({ verdict: 'unknown', failure: null, cause: null });
    expect(end('cancelled').verdict).toBe('cancelled');
    expect(inspectedInterrupted(inspectedAtStart(record(), true)).run.verdict).toBe('interrupted');
    expect(
      end('callback')
        .legs.slice(1)
        .map(({ outcome }) => outcome),
    ).toEqual(['not_run', 'not_run']);
  });

  test('says simulated of names that no operator has (RFC 6761 §6)', () => {
    const originOf = (url: string) => inspectedRecord(new URL(url), createPseudonyms(), new Date()).origin;
    expect(['https://a.operator.test/', 'http://127.0.0.1:9/', 'http://x.localhost/'].map(originOf)).toEqual(
      Array(3).fill('simulated'),
    );
    expect(originOf('https://api.vodafone.com/')).toBe('live');
  });
});

test.each([
  ['api.vodafone.com', '*.vodafone.com'],
  ['eu2.api.operator.co.uk', '*.operator.co.uk'],
  ['operator.de', '*.operator.de'],
  ['127.0.0.1', '127.0.0.1'],
  ['localhost', 'localhost'],
])('the domain of %s is taken to be %s', (host, pattern) => {
  expect(hostsOf(new URL(`https://${host}/`)).map((rule) => rule.pattern)).toEqual([pattern]);
});

test.each([
  ['code=c&state=s', null, 'a code with our state (RFC 6749 §4.1.2)'],
  [
    'error=access_denied&error_description=Unknown+user&state=s',
    'authorize.access_denied',
    'an error (RFC 6749 §4.1.2.1)',
  ],
  ['code=c', 'callback.state_missing', 'no state (RFC 6749 §10.12)'],
  ['code=c&state=other', 'callback.state_mismatch', 'another state (RFC 6749 §10.12)'],
  ['state=s', 'callback.missing_code', 'neither'],
  ['code=c&error=e&state=s', 'callback.code_and_error', 'both'],
  ['code=c&code=d&state=s', 'callback.duplicate_param', 'two codes (RFC 6749 §3.1)'],
])('an answer %s is %s: %s', (query, code, _what) => {
  const judged = judgeInspected(`https://app.example/cb?${query}`, 's', createPseudonyms());
  expect(judged?.code ?? null).toBe(code);
});
