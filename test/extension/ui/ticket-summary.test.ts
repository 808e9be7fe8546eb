import { expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';

import { type SummaryWords, ticketSummary } from '../../../extension/ui/verdict/ticket-summary.ts';
import { moments } from './moments.ts';

const words: Omit<SummaryWords, 'label'> = {
  verdict: 'failed',
  capture: 'on another device (hops not seen)',
  expected: 'Match',
  cause: 'The cause',
  causeConfidence: 'likely',
  owner: 'the operator',
  mechanism: 'this browser',
  seen: 'What was seen',
  seenConfidence: 'certain',
  cure: 'What to do',
  retry: 'needs a new run',
  codeSpent: 'code spent',
  hashDoctor: null,
  evidence: ({ at, hop, check }) => [at, hop, check].filter(Boolean).join(' '),
  check: { failed: 'failed', warned: 'warned' },
};
const summaryOf = (run: Run, known: Partial<SummaryWords> = {}) =>
  ticketSummary(run, { ...words, label: (name) => name, ...known });

test('says what an operator’s support asks for', () => {
  const text = summaryOf(moments.failed.run);
  expect(text).toContain('- **time**: 2026-11-22T13:55:02.041Z');
  expect(text).toContain('- **profile**: Vodafone UK (vodafone-uk)');
  expect(text).toContain('- **verdict**: failed (authorize.access_denied)');
  expect(text).toContain('- **cause**: The cause (http_upgraded)');
  expect(text).toContain('- **operator_said**: access_denied: User is not recognized');
  expect(text).toContain('- **correlation_id**: 7c4a1e0e-62bb-4f1a-9d55-f1b0f6f0c3aa');
  expect(text).toContain('| 1 | api.operator.test | authorize | 302 | 38 | 9f2c41d0-77aa |');
  expect(text).toContain('| 2 → | http:&#8203;//he.operator.test | browser | 307 | 1 |  |');
});

test('a run that another device walked says so, and that its hops were not seen', () => {
  expect(summaryOf({ ...moments.match.run, capture: 'handoff', hops: [] })).toContain(
    '- **capture**: on another device (hops not seen)',
  );
  expect(summaryOf(moments.match.run)).not.toContain('capture');
});

test('says whose it is and how sure that is, through whom it came about, and what became of the code', () => {
  const text = summaryOf(moments.failed.run);
  expect(text).toContain('- **cause_confidence**: likely');
  expect(text).toContain('- **seen_confidence**: certain');
  expect(text).toContain('- **owner**: the operator');
  expect(text).toContain('- **mechanism**: this browser');
  expect(text).toContain('- **retry**: needs a new run');
  expect(text).toContain('- **code_spent**: code spent');
  const plain = summaryOf(moments.match.run, { mechanism: null, retry: null, codeSpent: null });
  expect(plain).not.toMatch(/mechanism|retry|code_spent|hash_doctor/);
});

test('has all of the evidence, and both values of each check that did not pass, as recorded', () => {
  const text = summaryOf(moments.severalEvidence.run);
  expect(text).toContain(
    '**evidence**\n\n- check iss_param: expected https:&#8203;//api.operator.test\n- hop 5: led',
  );
  expect(text.match(/^- (check|hop|chain_end)/gm)).toHaveLength(4);
  expect(text).toContain(
    '- authorize iss_param (RFC 9207 §2.4) failed: expected_value https:&#8203;//api.operator.test, actual_value https:&#8203;//api.other.test',
  );
  expect(text).toContain('- authorize correlation_id (MC DI R2.3) warned:');
  expect(text).not.toContain('authorize state');
  expect(summaryOf(moments.tokenFailed.run)).toContain('expected_value ‹nonce:1›, actual_value ‹nonce:2›');
  expect(summaryOf(moments.match.run)).not.toContain('**checks**');
});

test('says what came of asking again', () => {
  const text = summaryOf(moments.doctorYes.run, { hashDoctor: 'yes to the other form' });
  expect(text).toContain('- **hash_doctor**: yes to the other form');
});

test('has the exchanges of the backend’s legs too', () => {
  const text = summaryOf(moments.match.run);
  expect(text).toContain('| token | api.operator.test | backend | 200 | 116 | 9f2c41d0-77af |');
  expect(text).toContain('| premiuminfo | api.operator.test | backend | 200 | 61 | 9f2c41d0-77b0 |');
});

test('holds no value of a parameter, and the number only as its mask', () => {
  const text = summaryOf(moments.match.run);
  expect(text).not.toMatch(/‹|code=|state=/);
  expect(text).toContain('+44 •••• •••907');
});

test('an operator’s words stay words: no table, link, image, mention or heading comes of them', () => {
  const run = structuredClone(moments.failed.run);
  const description = 'x | y\n# no\n![i](http://evil.test) <b>` @team www.evil.test &#64;a #12';
  if (run.failure) run.failure.operatorError = { error: 'access_denied', description };
  const line = summaryOf(run)
    .split('\n')
    .find((one) => one.includes('operator_said'));
  expect(line).toBe(
    '- **operator_said**: access_denied: x \\| y \\# no \\!\\[i\\](http:&#8203;//evil.test) \\<b\\>\\` @&#8203;team www&#8203;.evil.test \\&\\#&#8203;64;a \\#&#8203;12',
  );
});
