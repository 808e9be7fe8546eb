import { asImported, type Imported } from './imported.ts';
import { isObject, listOf, memberOf, textOf } from './read-member.ts';
import { readRun } from './read-run.ts';

/**
 * A HAR file of ours back to the runs it was made of: `_run` of the page, and of each entry what HAR has a member for and
 * `_hop` or `_exchange` for the rest. A page that is no run any more is left out and named by its number.
 */
export function readOwnHar(pages: readonly unknown[], entries: readonly unknown[]): Imported {
  const byPage = new Map<unknown, unknown[]>();
  for (const entry of entries) {
    const page = memberOf(entry, 'pageref');
    const before = byPage.get(page);
    if (before) before.push(entry);
    else byPage.set(page, [entry]);
  }
  const read = pages.map((page, at) => readRun(runOf(page, byPage.get(memberOf(page, 'id')) ?? []), at));
  return {
    ok: true,
    format: 'har',
    runs: read.flatMap((one) => (one.ok ? [asImported(one.run)] : [])),
    problems: read.flatMap((one) => (one.ok ? [] : [one.problem])),
    containsSecret: read.some((one) => one.ok && one.containsSecret),
    file: null,
  };
}

function runOf(page: unknown, entries: readonly unknown[]): unknown {
  const run = memberOf(page, '_run');
  const exchangesOf = (leg: unknown) =>
    entries.filter(
      (entry) => isObject(memberOf(entry, '_exchange')) && memberOf(entry, '_leg') === memberOf(leg, 'name'),
    );
  return {
    ...(isObject(run) ? run : {}),
    hops: entries.filter((entry) => isObject(memberOf(entry, '_hop'))).map(hopOf),
    legs: listOf(memberOf(run, 'legs')).map((leg) => ({
      ...(isObject(leg) ? leg : {}),
      exchanges: exchangesOf(leg).map(exchangeOf),
    })),
  };
}

function hopOf(entry: unknown): object {
  const hop = memberOf(entry, '_hop');
  const request = memberOf(entry, 'request');
  return {
    ...(isObject(hop) ? hop : {}),
    role: memberOf(entry, '_role'),
    url: urlOf(request),
    ip: textOf(memberOf(entry, 'serverIPAddress')),
    requestHeaders: memberOf(request, 'headers'),
    responseHeaders: memberOf(memberOf(entry, 'response'), 'headers'),
  };
}

function exchangeOf(entry: unknown): object {
  const exchange = memberOf(entry, '_exchange');
  const request = memberOf(entry, 'request');
  const response = memberOf(entry, 'response');
  const answer = memberOf(exchange, 'response');
  return {
    request: {
      method: memberOf(request, 'method'),
      url: urlOf(request),
      headers: memberOf(request, 'headers'),
      body: memberOf(exchange, 'requestBody'),
    },
    response: isObject(answer)
      ? {
          status: memberOf(response, 'status'),
          headers: memberOf(response, 'headers'),
          body: memberOf(answer, 'body'),
        }
      : null,
    error: memberOf(exchange, 'error'),
    sent: memberOf(exchange, 'sent'),
    startedAtMs: memberOf(exchange, 'startedAtMs'),
    durationMs: memberOf(exchange, 'durationMs'),
  };
}

/** As it was recorded; `url` is that as a URI. */
function urlOf(request: unknown): unknown {
  return memberOf(request, '_url') ?? memberOf(request, 'url');
}
