import { expect, test } from 'vitest';

import type { Run } from '#protocol/run.ts';

import { ticketSummary } from '../../../extension/ui/verdict/ticket-summary.ts';
import { moments } from './moments.ts';

const words = {
  verdict: 'failed',
  expected: 'Match',
  cause: 'The cause',
  seen: 'What was seen',
  cure: 'What to do',
};
const summaryOf = (run: Run) => ticketSummary(run, { ...words, label: (name) => name });

test('says what an operator’s support asks for', () => {
  const text = summaryOf(moments.failed.run);
  expect(text).toContain('- **time**: 2026-11-22T13:55:02.041Z');
  expect(text).toContain('- **profile**: Vodafone UK (vodafone-uk)');
  expect(text).toContain('- **verdict**: failed (authorize.access_denied)');
  expect(text).toContain('- **cause**: The cause (http_upgraded)');
  expect(text).toContain('- **operator_said**: access_denied: User is not recognized');
  expect(text).toContain('- **correlation_id**: 7c4a1e0e-62bb-4f1a-9d55-f1b0f6f0c3aa');
  expect(text).toContain('| 1 | api.operator.test | authorize | 302 | 38 | 9f2c41d0-77aa |');
  expect(text).toContain('| 2 → | http://he.operator.test | browser | 307 | 1 |  |');
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

test('an operator’s words stay words: no table, link, image or heading comes of them', () => {
  const run = structuredClone(moments.failed.run);
  const description = 'x | y\n# no\n![i](http://evil.test) <b>`';
  if (run.failure) run.failure.operatorError = { error: 'access_denied', description };
  const line = summaryOf(run)
    .split('\n')
    .find((one) => one.includes('operator_said'));
  expect(line).toBe(
    '- **operator_said**: access_denied: x \\| y \\# no \\!\\[i\\](http://evil.test) \\<b\\>\\`',
  );
});
