import type { Hop } from '../hop.ts';
import { type Cookie, cookiesSetAt, isDue } from './cookies.ts';
import { saysSo } from './off-network.ts';
import { hopEvidence, networkHops, operatorWords, type Rule } from './rule.ts';

/** What an operator answers to a browser it does not recognise as the one it began with. */
const MAY_COME_OF_IT =
  /^authorize\.(server_error|access_denied|invalid_request|login_required|interaction_required|operator_error|loop|too_many_hops|html_page|unexpected_status)$/;

/** A cookie that an operator's host set and that a later request to it should have carried (RFC 6265 §5.4). */
export const cookieNotReturned: Rule = (symptoms) => {
  const { run, failure } = symptoms;
  if (failure?.leg !== 'authorize' || !MAY_COME_OF_IT.test(failure.code)) return null;
  const told = /\b(?:session|cookie)\b/i.test(operatorWords(failure));
  // Words that say why need no cookie to explain them.
  if (!told && saysSo(symptoms) && !failure.code.endsWith('_required')) return null;
  const lost = firstLost(networkHops(run));
  if (!lost) return null;
  const { cookie, setAt, missingAt, cleared } = lost;
  return {
    code: 'cookie_not_returned',
    // Clear-Site-Data is an operator's order; a browser that follows it has lost nothing.
    owner: cleared === null ? 'browser' : 'operator',
    confidence: told ? 'likely' : 'possible',
    evidence: hopEvidence(
      missingAt,
      `${cookie.name}, set at hop ${setAt}, not sent${cleared === null ? '' : `: cleared by hop ${cleared}`}`,
    ),
    cure: cleared === null ? 'allow_cookies' : 'report_trace_id',
  };
};

interface Lost {
  cookie: Cookie;
  setAt: number;
  missingAt: number;
  cleared: number | null;
}

function firstLost(hops: readonly Hop[]): Lost | null {
  for (const [at, hop] of hops.entries()) {
    for (const cookie of cookiesSetAt(hop).filter(({ deleted }) => !deleted)) {
      let cleared: number | null = null;
      for (const later of hops.slice(at + 1)) {
        if (isDue(cookie, later)) {
          if (!later.cookiesSent.includes(cookie.name)) {
            return { cookie, setAt: hop.index, missingAt: later.index, cleared };
          }
        }
        // Set again or deleted since: from here on it is another cookie's story.
        if (cookiesSetAt(later).some(({ name }) => name === cookie.name)) break;
        if (clearsCookies(later)) cleared = later.index;
      }
    }
  }
  return null;
}

function clearsCookies({ responseHeaders }: Hop): boolean {
  return responseHeaders.some(
    ({ name, value }) => name.toLowerCase() === 'clear-site-data' && /"(?:cookies|\*)"/.test(value),
  );
}
