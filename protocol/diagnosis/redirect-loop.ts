import type { Hop } from '../hop.ts';
import { withoutQuery } from './address.ts';
import { evidenceAt, networkHops, type Rule, withTraceId } from './rule.ts';

/** The chain comes back to where it was: proven where no cookie was set since, likely where it went on to the hop limit. */
export const redirectLoop: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  const proven = failure?.code === 'authorize.loop';
  if (!proven && failure?.code !== 'authorize.too_many_hops') return null;
  const again = proven ? (run.chainEnd?.url ?? '') : askedAgain(networkHops(run));
  if (again === null) return null;
  const here = run.hops.filter(({ url }) => bare(url) === bare(again)).map(({ url }) => url);
  const flips = new Set([...here, again].map((url) => url.slice(0, url.indexOf(':')))).size > 1;
  const byBrowser = flips && run.hops.some(({ madeBy }) => madeBy === 'browser');
  return {
    code: flips ? 'scheme_loop' : 'redirect_loop',
    owner: 'operator',
    mechanism: byBrowser ? 'browser' : null,
    confidence: proven ? 'certain' : 'likely',
    evidence: evidenceAt(symptoms, withTraceId(symptoms, `back to ${withoutQuery(again)}`)),
    cure: byBrowser ? 'fresh_browser_profile' : 'report_trace_id',
  };
};

/** A URL that was asked for more than once, by either scheme. */
function askedAgain(hops: readonly Hop[]): string | null {
  const seen = new Set<string>();
  for (const { url } of hops) {
    const anySecure = url.replace(/^https?:/, '');
    if (seen.has(anySecure)) return url;
    seen.add(anySecure);
  }
  return null;
}

function bare(url: string): string {
  return withoutQuery(url).replace(/^https?:/, '');
}
