import type { Exchange } from '#protocol/leg.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { redactHeader, redactUrl } from '#protocol/redact.ts';
import { redactBody } from '#protocol/redact-body.ts';

import type { UpstreamAnswer, UpstreamRequest } from '../upstream/send.ts';

/** One request and its answer as they may be recorded. `startedAtMs` counts from the start of the run. */
export function recordExchange(
  request: UpstreamRequest,
  answer: UpstreamAnswer,
  startedAtMs: number,
  pseudonyms: Pseudonyms,
): Exchange {
  const answered = answer.kind === 'answered';
  const { method, url, headers, body } = request;
  return {
    request: {
      method,
      url: redactUrl(url, pseudonyms),
      headers: redactHeaders(Object.entries(headers), pseudonyms),
      body: body && redactBody(body, headers['content-type'] ?? '', pseudonyms),
    },
    response: answered ? recordResponse(answer, pseudonyms) : null,
    error: answered ? null : { code: answer.fault.code, raw: answer.fault.raw },
    sent: answered ? 'yes' : answer.fault.sent,
    startedAtMs,
    durationMs: answer.durationMs,
  };
}

function recordResponse(
  { status, headers, body: text }: Extract<UpstreamAnswer, { kind: 'answered' }>,
  pseudonyms: Pseudonyms,
): Exchange['response'] {
  // The body first: a header may quote what only the body names.
  const body = redactBody(text, headerOf(headers, 'content-type'), pseudonyms);
  return { status, headers: redactHeaders(headers, pseudonyms), body };
}

function redactHeaders(pairs: readonly [string, string][], pseudonyms: Pseudonyms) {
  return pairs.map(([name, value]) => ({ name, value: redactHeader(name, value, pseudonyms) }));
}

/** The first header of that name, or the empty string. */
export function headerOf(headers: readonly [string, string][], name: string): string {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? '';
}
