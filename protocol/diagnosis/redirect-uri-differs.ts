import { redirectUriDifferences } from '../redirect-uri.ts';
import type { Rule } from './rule.ts';

/** The code was led almost to redirect_uri: each part that differs is named, because all others are right. */
export const redirectUriDiffers: Rule = ({ run, failure }) => {
  if (failure?.code !== 'callback.wrong_redirect_uri') return null;
  const led = run.chainEnd?.url ?? '';
  const differences = redirectUriDifferences(led, run.profile.redirectUri);
  const details = differences.map(
    ({ part, expected, actual }) => `${part}: ${actual} instead of ${expected}`,
  );
  return {
    code: 'redirect_uri_differs',
    owner: 'client_setup',
    // One part off is a slip in the registration; a whole other address may be anything.
    confidence: differences.length === 1 ? 'likely' : 'possible',
    evidence: (details.length > 0 ? details : [led || failure.code]).map((detail) => ({
      at: 'chain_end',
      leg: 'authorize',
      hop: null,
      check: null,
      detail,
    })),
    cure: 'correct_redirect_uri',
  };
};
