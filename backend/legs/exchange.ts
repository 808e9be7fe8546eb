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
  const headers = (pairs: [string, string][]) =>
    pairs.map(([name, value]) => ({ name, value: redactHeader(name, value, pseudonyms) }));
  const answered = answer.kind === 'answered';
  return {
    request: {
      method: request.method,
      url: redactUrl(request.url, pseudonyms),
      headers: headers(Object.entries(request.headers)),
      body: request.body && redactBody(request.body, request.headers['content-type'] ?? '', pseudonyms),
    },
    response: answered
      ? {
          status: answer.status,
          headers: headers(answer.headers),
          body: redactBody(answer.body, headerOf(answer.headers, 'content-type'), pseudonyms),
        }
      : null,
    error: answered ? null : { code: answer.fault.code, raw: answer.fault.raw },
    sent: answered ? 'yes' : answer.fault.sent,
    startedAtMs,
    durationMs: answer.durationMs,
  };
}

/** The first header of that name, or the empty string. */
export function headerOf(headers: readonly [string, string][], name: string): string {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? '';
}
