import { type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'number_country', severity: 'warn', clause: 'Vodafone Number Verify' };

/** Markets in which Vodafone offers Number Verify. */
const MARKETS = ['AL', 'DE', 'ES', 'GB', 'GR', 'IE', 'IT', 'NL', 'PT', 'RO'];

export function judgeNumberCountry(country: string | null): Judged {
  if (country === null) return notChecked(RULE, 'country_not_known');
  return MARKETS.includes(country) ? passed(RULE, country) : warned(RULE, MARKETS.join(', '), country);
}
