import type { Header, Hop } from '../hop.ts';
import type { Exchange, Leg } from '../leg.ts';
import { createPseudonyms, type Pseudonyms } from '../pseudonyms.ts';
import { redactCookieName, redactHeader, redactText, redactUrl } from '../redact.ts';
import { redactBody } from '../redact-body.ts';
import type { Condition, Conditions, Run } from '../run.ts';
import { redactProfile } from './redact-profile.ts';

/**
 * What of a run leaves the product. Records are redacted as they are made; here every value goes through the same
 * redaction again, so that also what a person typed and what was imported keeps the promise (PR3). Doing it twice
 * changes nothing, so what came out of here is taken as it is: of a file of two thousand runs that is seconds.
 */
export function redactRun(run: Run): Run {
  if (redacted.has(run)) return run;
  const result = redactedBy(continuing(run), run);
  redacted.add(result);
  return result;
}

const redacted = new WeakSet<Run>();

function redactedBy(pseudonyms: Pseudonyms, run: Run): Run {
  const text = (value: string) => redactText(value, pseudonyms);
  const maybe = (value: string | null) => value && text(value);
  return {
    ...run,
    ownerId: OWNER,
    profile: redactProfile(run, pseudonyms),
    scenario: maybe(run.scenario),
    correlationId: text(run.correlationId),
    conditions: redactConditions(run.conditions, text),
    hops: run.hops.map((hop) => redactHop(hop, pseudonyms)),
    chainEnd: run.chainEnd && {
      ...run.chainEnd,
      url: run.chainEnd.url && redactUrl(run.chainEnd.url, pseudonyms),
    },
    legs: run.legs.map((leg) => redactLeg(leg, pseudonyms)),
    failure: run.failure && {
      ...run.failure,
      check: maybe(run.failure.check),
      operatorError: run.failure.operatorError && {
        error: text(run.failure.operatorError.error),
        description: maybe(run.failure.operatorError.description),
      },
    },
    cause: run.cause && {
      ...run.cause,
      evidence: run.cause.evidence.map((one) => ({
        ...one,
        check: maybe(one.check),
        detail: text(one.detail),
      })),
    },
  };
}

/** Whose run it is says nothing about the operator. */
const OWNER = '‹owner:1›';

/** A table that gives no stand-in away which the record shows already. */
function continuing(run: Run): Pseudonyms {
  return createPseudonyms([], JSON.stringify(run));
}

function redactConditions({ tags, ...single }: Conditions, text: (value: string) => string): Conditions {
  // Cut, because a stand-in can be longer than what it stands for.
  const redacted = (one: Condition): Condition => ({ ...one, value: text(one.value).slice(0, 120) });
  const kept = Object.entries(single).flatMap(([name, one]) => (one ? [[name, redacted(one)]] : []));
  return { ...Object.fromEntries(kept), ...(tags ? { tags: tags.map(redacted) } : {}) };
}

function redactHop(hop: Hop, pseudonyms: Pseudonyms): Hop {
  const url = (value: string | null) => value && redactUrl(value, pseudonyms);
  return {
    ...hop,
    url: redactUrl(hop.url, pseudonyms),
    location: url(hop.location),
    nextUrl: url(hop.nextUrl),
    ip: hop.ip && redactText(hop.ip, pseudonyms),
    requestHeaders: redactHeaders(hop.requestHeaders, pseudonyms),
    responseHeaders: redactHeaders(hop.responseHeaders, pseudonyms),
    cookiesSent: hop.cookiesSent.map((name) => redactCookieName(name, pseudonyms)),
    cookiesSet: hop.cookiesSet.map((name) => redactCookieName(name, pseudonyms)),
    error: hop.error && { ...hop.error, raw: redactText(hop.error.raw, pseudonyms) },
    page: hop.page && {
      ...hop.page,
      contentType: redactHeader('content-type', hop.page.contentType, pseudonyms),
      title: hop.page.title && redactText(hop.page.title, pseudonyms),
    },
  };
}

export function redactHeaders(headers: readonly Header[], pseudonyms: Pseudonyms): Header[] {
  return headers.map(({ name, value }) => ({
    name: redactText(name, pseudonyms),
    value: redactHeader(name, value, pseudonyms),
  }));
}

function redactLeg(leg: Leg, pseudonyms: Pseudonyms): Leg {
  const maybe = (value: string | null) => value && redactText(value, pseudonyms);
  return {
    ...leg,
    exchanges: leg.exchanges.map((exchange) => redactExchange(exchange, pseudonyms)),
    checks: leg.checks.map((check) => ({
      ...check,
      name: redactText(check.name, pseudonyms),
      clause: redactText(check.clause, pseudonyms),
      expected: maybe(check.expected),
      actual: maybe(check.actual),
      why: maybe(check.why),
    })),
  };
}

function redactExchange(exchange: Exchange, pseudonyms: Pseudonyms): Exchange {
  const { request, response, error } = exchange;
  const body = (text: string | null, headers: readonly Header[]) =>
    text && redactBody(text, contentTypeOf(headers), pseudonyms);
  return {
    ...exchange,
    request: {
      method: redactText(request.method, pseudonyms),
      url: redactUrl(request.url, pseudonyms),
      headers: redactHeaders(request.headers, pseudonyms),
      body: body(request.body, request.headers),
    },
    response: response && {
      status: response.status,
      headers: redactHeaders(response.headers, pseudonyms),
      body: body(response.body, response.headers),
    },
    error: error && { code: redactText(error.code, pseudonyms), raw: redactText(error.raw, pseudonyms) },
  };
}

function contentTypeOf(headers: readonly Header[]): string {
  return headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
}
