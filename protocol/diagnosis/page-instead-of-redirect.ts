import type { PageSign } from '../hop.ts';
import type { CauseCode, Cure } from './cause.ts';
import { evidenceAt, failedHop, type Rule, withTraceId } from './rule.ts';

/** What a page is for, by what it shows; a wait page usually goes on by script, so the person's part comes first. */
const KINDS: [signs: PageSign[], cause: CauseCode, cure: Cure][] = [
  [['wait'], 'wait_page', 'report_page'],
  [['consent'], 'consent_page', 'report_page'],
  [['meta_refresh', 'script', 'self_posting_form'], 'script_page', 'report_page'],
];

/** A page where the silent chain wanted a redirect; its title, as text, is the evidence. */
export const pageInsteadOfRedirect: Rule = (symptoms) => {
  const { failure } = symptoms;
  if (failure?.code === 'authorize.consent_required') {
    return {
      code: 'consent_page',
      owner: 'operator',
      confidence: 'certain',
      evidence: evidenceAt(symptoms, 'consent_required'),
      cure: 'report_page',
    };
  }
  if (failure?.code !== 'authorize.html_page') return null;
  const page = failedHop(symptoms)?.page;
  const kind = KINDS.find(([signs]) => signs.some((sign) => page?.shows.includes(sign)));
  return {
    code: kind?.[1] ?? 'page_instead_of_redirect',
    owner: 'operator',
    // The page is certain; what it wants is read off its words.
    seen: kind ? 'likely' : 'certain',
    confidence: 'likely',
    evidence: evidenceAt(symptoms, withTraceId(symptoms, page?.title ?? page?.contentType ?? 'a page')),
    cure: kind?.[2] ?? 'report_page',
  };
};
