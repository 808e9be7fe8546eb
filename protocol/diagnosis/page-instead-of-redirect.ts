import { evidenceAt, type Rule } from './rule.ts';

/** A page where the silent chain wanted a redirect: consent, a wait page, or a script that would have redirected. */
export const pageInsteadOfRedirect: Rule = (symptoms) => {
  const { failure, run } = symptoms;
  if (failure?.code !== 'authorize.html_page' && failure?.code !== 'authorize.missing_location') return null;
  return {
    code: 'page_instead_of_redirect',
    owner: 'operator',
    confidence: 'likely',
    evidence: evidenceAt(
      symptoms,
      run.hops.at(-1)?.page?.title ?? `status ${run.hops.at(-1)?.status ?? '?'}`,
    ),
    cure: 'report_trace_id',
  };
};
