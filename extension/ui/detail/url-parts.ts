/** A recorded URL, taken apart by hand: `URL` would percent-encode the stand-ins in it. */
export interface UrlParts {
  scheme: string;
  host: string;
  path: string;
  parameters: { name: string; value: string }[];
}

export function urlParts(url: string): UrlParts {
  const [, scheme = '', host = '', path = '', query = ''] =
    /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)\??([^#]*)/i.exec(url) ?? [];
  const parameters = query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? { name: pair, value: '' } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
    });
  return { scheme: scheme.toLowerCase(), host, path, parameters };
}
