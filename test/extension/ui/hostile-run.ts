import { failureOf } from '#protocol/failure.ts';
import type { Hop } from '#protocol/hop.ts';
import type { Exchange, Leg } from '#protocol/leg.ts';

import type { SavedRun } from '../../../extension/runner/saved-run.ts';
import { hops } from './hop-fixtures.ts';
import { authorizeLeg, checkOf, infoLeg, runOf, savedOf, tokenLeg } from './run-fixtures.ts';

/** A run in which every text that an operator has a say in is `text`, as if no redaction stood between them and the screen. */
export function hostileRun(text: string): SavedRun {
  return savedOf(
    runOf({
      verdict: 'failed',
      hops: hops.map((hop) => hostileHop(hop, text)),
      chainEnd: {
        kind: 'callback',
        url: `https://app.relying-party.test/callback?${text}=${text}`,
        atMs: 287,
      },
      legs: [authorizeLeg, tokenLeg, infoLeg].map((leg) => hostileLeg(leg, text)),
      failure: failureOf('premiuminfo.operator_error', {
        check: text,
        operatorError: { error: text, description: text },
      }),
      cause: {
        code: 'request_refused',
        owner: 'client_setup',
        mechanism: null,
        seen: 'certain',
        confidence: 'likely',
        evidence: [
          { at: 'exchange', leg: 'premiuminfo', hop: null, check: null, detail: text },
          { at: 'hop', leg: 'authorize', hop: 2, check: null, detail: text },
          { at: 'check', leg: 'token', hop: null, check: 'nonce', detail: text },
        ],
        cure: 'report_check',
      },
    }),
  );
}

const headersOf = (text: string) => [
  { name: 'Location', value: text },
  { name: 'X-VIG-Trace-Id', value: text },
  { name: text, value: text },
  { name: 'Set-Cookie', value: `${text}=${text}` },
  { name: 'Server', value: text },
];

function hostileHop(hop: Hop, text: string): Hop {
  const url = `https://id.operator.test/${text}?${text}=${text}#${text}`;
  return {
    ...hop,
    url: hop.index === 1 ? hop.url : url,
    location: text,
    nextUrl: url,
    requestHeaders: [...hop.requestHeaders, { name: 'Cookie', value: `${text}=${text}` }],
    responseHeaders: headersOf(text),
    cookiesSent: [text],
    cookiesSet: [text],
    error: hop.index === 3 ? { code: 'unclassified', raw: text } : null,
    page: { contentType: text, title: text, shows: [] },
  };
}

function hostileLeg(leg: Leg, text: string): Leg {
  const exchanges = leg.exchanges.flatMap((exchange): Exchange[] => [
    {
      ...exchange,
      response: {
        status: 400,
        headers: headersOf(text),
        body: JSON.stringify({ [text]: text, error: text, scope: text }),
      },
    },
    { ...exchange, response: { status: 200, headers: headersOf(text), body: text } },
    { ...exchange, response: null, error: { code: 'reset', raw: text }, sent: 'unknown' },
  ]);
  const checks = [
    checkOf(text, { result: 'failed', expected: text, actual: text, clause: text }),
    checkOf('nonce', { result: 'failed', expected: text, actual: text }),
    checkOf('scope', { result: 'warned', severity: 'warn', expected: text, actual: text }),
    checkOf('correlation_id', { result: 'passed', actual: text }),
  ];
  return { ...leg, outcome: 'failed', exchanges, checks };
}
