/** The host of a recorded URL, or the empty string: what is recorded need not be a URL. */
export function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? '';
}

export function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? '';
}

/** A URL without what changes from visit to visit. */
export function withoutQuery(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.origin}${parsed.pathname}` : url;
}
