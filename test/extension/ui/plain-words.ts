/** What is the same in every language: names of products, protocols, headers and their parts, units, keys. */
const NAMES = new Set(
  `Chromium Chrome Firefox Number Verify Inspector Simulated operator ms ip HSTS HTTP http https URL JSON JSONL HAR CSV HTML JUnit XML Markdown cURL curl sh
  UTC IPv Ctrl Alt Shift GET POST Location Cookie Set Path HttpOnly Non Authoritative Reason Internal Redirect Found Mobile Connect
  API OIDC RFC Core redirect_uri Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec AM PM United Kingdom Germany Spain kB MB mc DI di`.split(
    /\s+/,
  ),
);

/** Words in plain letters that are neither names nor part of what the page was given to show. */
export function plainWords(texts: readonly string[], seed: object): string[] {
  const given = new Set(JSON.stringify(seed).match(WORD));
  const left = texts.flatMap((text) => (text.match(WORD) ?? []).map((word) => ({ word, text })));
  const missed = left.filter(({ word }) => !NAMES.has(word) && !given.has(word));
  return [...new Set(missed.map(({ word, text }) => `${word}: ${text.slice(0, 80)}`))];
}

const WORD = /[A-Za-z]{2,}/g;
