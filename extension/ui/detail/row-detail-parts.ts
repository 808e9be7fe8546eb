import type { Check } from '#protocol/check.ts';
import type { Header, Hop } from '#protocol/hop.ts';
import type { Exchange } from '#protocol/leg.ts';

import type { Row } from '../chain/chain-rows.ts';

/** What a row opens to, as plain data: one component draws it for hops, the callback and legs alike. */
export interface RowDetail {
  requests: RequestPart[];
  responses: ResponsePart[];
  startedAtMs: number | null;
  durationMs: number | null;
}

export interface RequestPart {
  method: string;
  url: string;
  headers: Header[];
  body: string | null;
}

export interface ResponsePart {
  status: number | null;
  headers: Header[];
  body: string | null;
  error: { code: string; raw: string } | null;
  ip: string | null;
  nextUrl: string | null;
  page: Hop['page'];
  sent: Exchange['sent'] | null;
}

export function detailOf(row: Row): RowDetail {
  if (row.kind === 'hop') return ofHop(row.hop);
  if (row.kind === 'leg') {
    return {
      requests: row.leg.exchanges.map((exchange) => exchange.request),
      responses: row.leg.exchanges.map(ofExchange),
      startedAtMs: row.leg.startedAtMs,
      durationMs: row.leg.durationMs,
    };
  }
  const [url, startedAtMs] =
    row.kind === 'end' ? [row.end.url, row.end.atMs] : [row.hop.url, row.hop.startedAtMs];
  const requests = url === null ? [] : [{ method: 'GET', url, headers: [], body: null }];
  return { requests, responses: [], startedAtMs, durationMs: null };
}

/** The checks that belong to a row: leg 1 is judged where it ends, the other legs where they are. */
export function checksOf(row: Row, authorizeChecks: Check[]): Check[] {
  if (row.kind === 'leg') return row.leg.checks;
  return row.kind === 'end' ? authorizeChecks : [];
}

function ofHop(hop: Hop): RowDetail {
  return {
    requests: [{ method: 'GET', url: hop.url, headers: hop.requestHeaders, body: null }],
    responses: [
      {
        status: hop.status,
        headers: hop.responseHeaders,
        body: null,
        error: hop.error,
        ip: hop.ip,
        // Worth a line only where a relative Location had to be resolved.
        nextUrl: hop.nextUrl === hop.location ? null : hop.nextUrl,
        page: hop.page,
        sent: null,
      },
    ],
    startedAtMs: hop.startedAtMs,
    durationMs: hop.durationMs,
  };
}

function ofExchange({ response, error, sent }: Exchange): ResponsePart {
  return {
    status: response?.status ?? null,
    headers: response?.headers ?? [],
    body: response?.body ?? null,
    error,
    ip: null,
    nextUrl: null,
    page: null,
    sent,
  };
}
