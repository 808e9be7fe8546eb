import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { legOf } from '#protocol/run-reading.ts';

import { type Bench, startBench } from '../../support/bench.ts';
import { BREAKS, failedRows, playCounted, takenRows } from '../../support/evil-rows.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

describe('a token answer that is none: premiuminfo is not asked', () => {
  failedRows(
    () => bench,
    [
      ['token-web-page', 'TK6', 'token.not_json', BREAKS, 'unknown'],
      ['token-null', 'TK8', 'token.not_conformant', BREAKS, 'unknown'],
      ['token-array', 'TK8', 'token.not_conformant', BREAKS, 'unknown'],
      ['token-text', 'TK8', 'token.not_conformant', BREAKS, 'unknown'],
      ['token-empty-object', 'TK8', 'token.missing_access_token', BREAKS, 'yes'],
      ['token-empty', 'TK8', 'token.not_json', BREAKS, 'unknown'],
      ['token-truncated', 'TK8', 'token.not_json', BREAKS, 'unknown'],
      ['token-bom', 'TK8', 'token.not_json', BREAKS, 'unknown'],
      ['token-utf-16', 'TK8', 'token.not_json', BREAKS, 'unknown'],
      ['token-no-access-token', 'TK9', 'token.missing_access_token', BREAKS, 'yes'],
      ['token-access-token-number', 'TK9', 'token.missing_access_token', BREAKS, 'yes'],
      ['token-access-token-empty', 'TK9', 'token.missing_access_token', BREAKS, 'yes'],
      ['token-access-token-100-kb', 'TK9', 'token.not_conformant', BREAKS, 'yes'],
      ['token-access-token-line-break', 'TK9', 'token.not_conformant', BREAKS, 'yes'],
      ['token-type-missing', 'TK10', 'token.bad_token_type', BREAKS, 'yes'],
      ['token-type-mac', 'TK10', 'token.bad_token_type', BREAKS, 'yes'],
      ['token-expires-in-negative', 'TK11', 'token.not_conformant', BREAKS, 'yes'],
      ['token-expires-in-absurd', 'TK11', 'token.not_conformant', BREAKS, 'yes'],
    ],
    [1, 0],
  );
});

describe('a token answer that only looks wrong is taken', () => {
  takenRows(
    () => bench,
    [
      ['match', 'P1', []],
      ['token-media-type', 'TK7', ['content_type']],
      ['token-duplicate-members', 'TK8', ['duplicate_members']],
      ['token-deep', 'TK8', []],
      ['token-type-mixed-case', 'TK10', []],
      ['token-expires-in-text', 'TK11', ['expires_in']],
      ['token-expires-in-missing', 'TK11', []],
      ['token-scope-narrower', 'TK12', ['scope']],
      ['token-refresh-token', 'TK13', ['refresh_token']],
      ['token-correlation-id-differs', 'Mobile Connect DI R2.3', ['correlation_id']],
    ],
  );
});

test('members that came twice are named, and their values are not (TK8, RFC 8259 §4)', async () => {
  const { run } = await playCounted(bench, 'token-duplicate-members');
  const check = legOf(run, 'token').checks.find(({ name }) => name === 'duplicate_members');
  expect(check).toMatchObject({ severity: 'warn', actual: 'access_token, token_type' });
});

test('a refresh_token is nowhere in the record (TK13)', async () => {
  const { run } = await playCounted(bench, 'token-refresh-token');
  expect(JSON.stringify(run) + bench.log.join('')).not.toContain('a-refresh-token-that-nobody-asked-for');
});
