import { hostOf } from './address.ts';
import { foundNoSubscriber } from './off-network.ts';
import type { Rule } from './rule.ts';

/** The network adds the number to plain http only; a browser that rewrites that hop to https hides the SIM. */
export const httpUpgraded: Rule = (symptoms) => {
  const { run, failure } = symptoms;
  const mark = run.hops.find((hop) => hop.madeBy === 'browser' && hop.notes.includes('upgraded_by_browser'));
  // Once there is a callback the chain did without; what is wrong with it has its own reasons.
  if (!mark || failure?.leg !== 'authorize' || failure.code.startsWith('callback.')) return null;
  const reason = mark.responseHeaders.find(
    ({ name }) => name.toLowerCase() === 'non-authoritative-reason',
  )?.value;
  return {
    code: 'http_upgraded',
    // Whether by its HSTS or by a browser's own settings: the hop is the operator's, and only there can it be made to work.
    owner: 'operator',
    mechanism: 'browser',
    confidence: foundNoSubscriber(symptoms) ? 'likely' : 'possible',
    evidence: [
      {
        at: 'hop',
        leg: 'authorize',
        hop: mark.index,
        check: null,
        // In a tab, and in Firefox anywhere, a browser upgrades without a redirect that could give a reason.
        detail: reason
          ? `${mark.status ?? 307}, Non-Authoritative-Reason: ${reason}`
          : `${hostOf(mark.url)}, http → https`,
      },
    ],
    cure: 'fresh_browser_profile',
  };
};
