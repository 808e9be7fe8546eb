/** A URL as somebody pasted it, read once for all rules. */
export interface PastedUrl {
  /** Without the white space around it. */
  text: string;
  url: URL;
  pairs: readonly (readonly [name: string, value: string])[];
  /** The first value of a parameter that is there and not empty. */
  first(name: string): string | null;
  /** Whether it asks for an authorization at all; of any other address only the form can be judged. */
  isAuthorize: boolean;
  /** Whether a request object carries what else is asked for (RFC 9101 §5): it is not in the URL. */
  hasRequestObject: boolean;
  /** Whether Mobile Connect's own rules bind it, or CAMARA's; of many requests neither can be said. */
  isMobileConnect: boolean;
  isCamara: boolean;
}

const AUTHORIZE = ['client_id', 'response_type', 'redirect_uri', 'scope', 'request_uri'];

/** Null for what no parser takes. */
export function readPasted(pasted: string): PastedUrl | null {
  const text = pasted.trim();
  const url = URL.parse(text);
  if (!url) return null;
  const pairs = [...url.searchParams];
  const first = (name: string) => pairs.find(([one, value]) => one === name && value !== '')?.[1] ?? null;
  const isAuthorize = pairs.some(([name]) => AUTHORIZE.includes(name));
  const hasRequestObject = first('request') !== null || first('request_uri') !== null;
  const scopes = (first('scope') ?? '').split(/[\s,]+/);
  const isMobileConnect =
    isAuthorize &&
    (first('version')?.startsWith('mc_') ||
      scopes.some((one) => one.startsWith('mc_')) ||
      /deviceinitiated|mobileconnect/i.test(url.pathname));
  const isCamara =
    !isMobileConnect && scopes.some((one) => one.startsWith('dpv:') || one.startsWith('number-verification'));
  return { text, url, pairs, first, isAuthorize, hasRequestObject, isMobileConnect, isCamara };
}
