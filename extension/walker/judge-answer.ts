import { type Failure, failureOf } from '#protocol/failure.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import type { ChainEnd, Hop, NetErrorCode } from '#protocol/hop.ts';
import { type OperatorError, readOperatorError } from '#protocol/operator-error.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { failureOfError } from '#protocol/published-errors.ts';

import { isRedirect } from './assemble-hop.ts';

/** How leg 1 ends at a hop that redirected nowhere. */
export interface DeadEnd {
  kind: ChainEnd['kind'];
  failure: Failure;
}

/** The failure a transport fault stands for. A device that is offline explains every other fault. */
export function judgeFault(hop: Hop, offline: boolean): DeadEnd {
  const code = offline ? 'offline' : (hop.error?.code ?? 'unclassified');
  return { kind: 'error', failure: failureOf(FAULTS[code], { hop: hop.index }) };
}

const FAULTS: Record<NetErrorCode, FailureCode> = {
  dns: 'authorize.dns',
  tls: 'authorize.tls',
  connect: 'authorize.connect',
  reset: 'authorize.reset',
  timeout: 'authorize.timeout_hop',
  bad_location: 'authorize.bad_location',
  multiple_location: 'authorize.multiple_location',
  scheme_forbidden: 'authorize.scheme_forbidden',
  blocked_by_client: 'authorize.blocked_by_client',
  offline: 'authorize.offline',
  network_changed: 'authorize.network_changed',
  unclassified: 'authorize.network_error',
};

/** The failure an answer without a redirect stands for: the operator's JSON error if it sent one, a page, or a bare status. */
export function judgeAnswer(hop: Hop, body: string, pseudonyms: Pseudonyms): DeadEnd {
  const status = hop.status ?? 0;
  const at = { hop: hop.index };
  if (status === 429) {
    return { kind: 'error', failure: failureOf('authorize.rate_limited', at) };
  }
  if (isRedirect(status)) {
    return { kind: 'error', failure: failureOf('authorize.missing_location', at) };
  }
  const operatorError = readJsonError(status, body, pseudonyms);
  if (operatorError)
    return {
      kind: 'error',
      failure: failureOf(failureOfError('authorize', operatorError.error), { ...at, operatorError }),
    };
  if (status >= 200 && status < 300 && hop.page && isHtml(hop.page)) {
    return { kind: 'page', failure: failureOf('authorize.html_page', at) };
  }
  return { kind: 'error', failure: failureOf('authorize.unexpected_status', at) };
}

function isHtml(page: NonNullable<Hop['page']>): boolean {
  return /html/i.test(page.contentType) || page.title !== null;
}

/** RFC 6749 §4.1.2.1 sends errors by redirect, except where redirect_uri itself is wrong: then as JSON, if at all. */
function readJsonError(status: number, body: string, pseudonyms: Pseudonyms): OperatorError | null {
  try {
    return readOperatorError(status, JSON.parse(body) as Record<string, unknown> | null, pseudonyms);
  } catch {
    return null;
  }
}
