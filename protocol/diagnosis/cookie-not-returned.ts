import type { Hop } from '../hop.ts';
import { hostOf, pathOf } from './address.ts';
import { hopEvidence, networkHops, operatorWords, type Rule } from './rule.ts';

/** A cookie that an operator's host set and that a later request to it should have carried (RFC 6265 §5.4). */
export const cookieNotReturned: Rule = ({ run, failure }) => {
  if (failure?.leg !== 'authorize' || !MAY_COME_OF_IT.test(failure.code)) return null;
  const hops = networkHops(run);
  for (const [at, hop] of hops.entries()) {
    for (const cookie of cookiesSetAt(hop)) {
      const later = hops.slice(at + 1).find((one) => lacks(one, cookie));
      if (!later) continue;
      const told = /\b(?:session|cookie)\b/i.test(operatorWords(failure));
      return {
        code: 'cookie_not_returned',
        owner: 'browser',
        confidence: told ? 'likely' : 'possible',
        evidence: hopEvidence(later.index, `${cookie.name}, set at hop ${hop.index}, not sent`),
        cure: 'allow_cookies',
      };
    }
  }
  return null;
};

/** What an operator answers to a browser it does not recognise as the one it began with. */
const MAY_COME_OF_IT =
  /^authorize\.(server_error|access_denied|invalid_request|operator_error|loop|too_many_hops|html_page|unexpected_status)$/;

interface Cookie {
  name: string;
  host: string;
  domain: string | null;
  path: string;
  secure: boolean;
}

function cookiesSetAt(hop: Hop): Cookie[] {
  return (
    hop.responseHeaders
      .filter(({ name }) => name.toLowerCase() === 'set-cookie')
      .flatMap(({ value }) => value.split('\n'))
      .filter((line) => !/;\s*max-age=(?:0|-\d+)\s*(?:;|$)/i.test(line))
      .map((line) => {
        const attribute = (name: string) =>
          new RegExp(`;\\s*${name}=\\.?([^;]*)`, 'i').exec(line)?.[1]?.trim() ?? null;
        const folder = pathOf(hop.url).replace(/\/[^/]*$/, '') || '/';
        return {
          name: line.slice(0, line.indexOf('=')),
          host: hostOf(hop.url),
          domain: attribute('domain'),
          path: attribute('path') || folder,
          secure: /;\s*secure\s*(?:;|$)/i.test(line),
        };
      })
      // Half recorded, or a name that is a stand-in for something: nothing to hold a later hop against.
      .filter(({ name }) => /^[\w.-]+$/.test(name))
  );
}

/** Whether a hop should have carried the cookie by its attributes, and is known not to have. */
function lacks(hop: Hop, { name, host, domain, path, secure }: Cookie): boolean {
  // Without its headers nothing is known of what a request carried.
  if (hop.requestHeaders.length === 0 || hop.cookiesSent.includes(name)) return false;
  const here = hostOf(hop.url);
  const forHost = here === host || (domain !== null && (here === domain || here.endsWith(`.${domain}`)));
  const below = pathOf(hop.url);
  const forPath = path === '/' || below === path || below.startsWith(path.endsWith('/') ? path : `${path}/`);
  return forHost && forPath && (!secure || hop.url.startsWith('https:'));
}
