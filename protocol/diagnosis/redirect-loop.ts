import { withoutQuery } from './address.ts';
import { evidenceAt, type Rule, withTraceId } from './rule.ts';

/** The chain came back to a URL it had asked for, with no new cookie since; or it goes on for ever between http and https. */
export const redirectLoop: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.code !== 'authorize.loop') return null;
  const again = run.chainEnd?.url ?? '';
  const schemes = run.hops.filter(({ url }) => sameButScheme(url, again));
  const flips = new Set(schemes.map(({ url }) => url.slice(0, url.indexOf(':')))).size > 1;
  const byBrowser = run.hops.some(({ madeBy }) => madeBy === 'browser');
  return {
    code: flips ? 'scheme_loop' : 'redirect_loop',
    owner: 'operator',
    mechanism: flips && byBrowser ? 'browser' : null,
    confidence: 'certain',
    evidence: evidenceAt(symptoms, withTraceId(symptoms, `back to ${withoutQuery(again)}`)),
    cure: flips && byBrowser ? 'fresh_browser_profile' : 'report_trace_id',
  };
};

function sameButScheme(a: string, b: string): boolean {
  const bare = (url: string) => withoutQuery(url).replace(/^https?:/, '');
  return bare(a) === bare(b);
}
