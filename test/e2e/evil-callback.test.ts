import { describe, expect, test } from 'vitest';

import { legOf } from '../../protocol/run-reading.ts';
import { chainStage, FAULT, type Fault } from '../support/chain-stage.ts';

const stage = chainStage();

const BREAKS = ['operator_breaks_protocol', 'operator'] as const;
const NOT_OURS = ['response_not_ours', 'operator'] as const;
const ELSEWHERE = ['redirect_uri_differs', 'client_setup'] as const;

const RESPONSES: Fault[] = [
  ['C1', 'callback-empty', 'callback.missing_code', ...BREAKS],
  ['C1, C6', 'callback-bare', 'callback.state_missing', ...NOT_OURS],
  ['C2', 'callback-code-and-error', 'callback.code_and_error', ...BREAKS],
  ['C3', 'callback-code-twice', 'callback.duplicate_param', ...BREAKS],
  ['C3', 'callback-state-twice', 'callback.duplicate_param', ...BREAKS],
  ['C3', 'callback-iss-twice', 'callback.duplicate_param', ...BREAKS],
  ['C4', 'callback-code-empty', 'callback.code_malformed', ...BREAKS],
  ['C5', 'callback-code-10-kb', 'callback.code_malformed', ...BREAKS],
  ['C5', 'callback-code-control', 'callback.code_malformed', ...BREAKS],
  ['C5', 'callback-code-non-ascii', 'callback.code_malformed', ...BREAKS],
  ['C6', 'callback-state-missing', 'callback.state_missing', ...NOT_OURS],
  ['C6', 'callback-state-empty', 'callback.state_missing', ...NOT_OURS],
  ['C7', 'callback-state-other', 'callback.state_mismatch', ...NOT_OURS],
  ['C7', 'callback-state-case', 'callback.state_mismatch', ...NOT_OURS],
  ['C7', 'callback-state-space', 'callback.state_mismatch', ...NOT_OURS],
  ['C7', 'callback-state-other-error', 'callback.state_mismatch', ...NOT_OURS],
  ['C10', 'callback-iss-other', 'callback.iss_mismatch', ...NOT_OURS],
  ['C17', 'callback-error-html', 'authorize.access_denied', 'off_network', 'network'],
  ['C17', 'callback-error-10-kb', 'authorize.access_denied', 'off_network', 'network'],
  ['C18', 'callback-value-20-kb', 'callback.param_too_long', ...BREAKS],
  ['JARM', 'callback-jarm', 'callback.response_not_supported', ...BREAKS],
  ['A18', 'callback-code-in-fragment', 'callback.code_in_fragment', ...BREAKS],
  ['A18, C6', 'callback-all-in-fragment', 'callback.state_missing', ...NOT_OURS],
];

const NEAR_MISSES: Fault[] = [
  ['C12', 'near-prefix', 'callback.wrong_redirect_uri', ...ELSEWHERE],
  ['C12', 'near-login', 'authorize.credentials_in_url', ...BREAKS],
  ['C12', 'near-user-info', 'authorize.credentials_in_url', ...BREAKS],
  ['C12', 'near-port', 'callback.wrong_redirect_uri', ...ELSEWHERE],
  ['C12', 'near-path', 'callback.wrong_redirect_uri', ...ELSEWHERE],
  ['C12', 'near-slash', 'callback.wrong_redirect_uri', ...ELSEWHERE],
  ['C12', 'near-dot', 'callback.wrong_redirect_uri', ...ELSEWHERE],
  ['C13', 'near-http', 'callback.wrong_redirect_uri', ...ELSEWHERE],
];

describe('what comes to redirect_uri is judged before its code is worth anything', () => {
  test.each(RESPONSES)(FAULT, async (...fault) => {
    const run = await stage.playFault(fault);
    expect(run.chainEnd?.kind).toBe('callback');
    expect(run.hops).toHaveLength(5);
  });

  test('a description is text without control or direction signs, and 512 characters at most (C17)', async () => {
    const [html, long] = [await stage.play('callback-error-html'), await stage.play('callback-error-10-kb')];
    expect(html.failure?.operatorError?.description).toContain('<script>');
    expect(html.failure?.operatorError?.description).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    expect(long.failure?.operatorError?.description?.length).toBeLessThanOrEqual(512);
  });
});

describe('what only resembles redirect_uri is not taken for it, and nothing is asked there', () => {
  test.each(NEAR_MISSES)(FAULT, async (...fault) => {
    const before = stage.e2e.operator.counters.hops;
    const run = await stage.playFault(fault);
    expect(run.chainEnd?.kind).toBe('refused');
    expect([run.hops.length, stage.e2e.operator.counters.hops - before]).toEqual([5, 5]);
  });

  test.each(['near-capitals', 'near-dots'])('%s is redirect_uri once it is parsed (C12)', async (name) => {
    expect((await stage.playOdd(name)).hops).toHaveLength(5);
  });
});

describe('what is odd and harmless is no failure', () => {
  const checkOf = async (scenario: string, name: string) =>
    legOf(await stage.playOdd(scenario), 'authorize').checks.find((check) => check.name === name);

  test('our operator’s iss passes, though it need not come (C10)', async () => {
    expect(await checkOf('callback-iss', 'iss_param')).toMatchObject({ result: 'passed' });
  });

  test.each(['callback-correlation-missing', 'callback-correlation-other'])(
    '%s is a warning (C11)',
    async (name) => {
      expect(await checkOf(name, 'correlation_id')).toMatchObject({ result: 'warned' });
    },
  );

  test('parameters nobody knows are left alone (C18)', async () => {
    await stage.playOdd('callback-extras');
  });

  test('broken percent signs are read as a browser reads them, once (C19)', async () => {
    await stage.playOdd('callback-broken-percent');
  });
});

test('of a code that was not redeemed nothing is on record or in the log', async () => {
  const run = await stage.play('callback-code-10-kb');
  expect(JSON.stringify(run) + stage.e2e.logLines.join('')).not.toContain('c'.repeat(32));
});
