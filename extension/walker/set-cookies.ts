import type { HopTraffic, TabTraffic } from './hop-traffic.ts';
import type { RawHeader, TrafficEvent } from './traffic-event.ts';

/** A cookie that an answer set, by what tells it from others. Its value is nowhere in here. */
export interface SetCookie {
  name: string;
  /** The host that set it. */
  host: string;
  /** Of the Domain attribute, without a leading dot; null for a cookie of this host alone. */
  domain: string | null;
  path: string;
  secure: boolean;
  partitioned: boolean;
}

/** The same traffic, with every answer that sets cookies told to `seen` as well. */
export function tellingCookies(traffic: HopTraffic, seen: (cookies: SetCookie[]) => void): HopTraffic {
  return {
    claim: (url, heard) =>
      traffic.claim(url, (event) => {
        const cookies = cookiesOf(url, event);
        if (cookies.length > 0) seen(cookies);
        heard(event);
      }),
  };
}

/** The same of a tab. */
export function tellingTabCookies(traffic: TabTraffic, seen: (cookies: SetCookie[]) => void): TabTraffic {
  return {
    claimTab: (tabId, heard) =>
      traffic.claimTab(tabId, (event) => {
        const cookies = cookiesOf(event.url, event.what);
        if (cookies.length > 0) seen(cookies);
        heard(event);
      }),
  };
}

/** The cookies that one thing the browser said shows to be set for good or for the session; one that is taken back is none. */
export function cookiesOf(url: string, event: TrafficEvent): SetCookie[] {
  if (event.kind !== 'answered') return [];
  return event.headers
    .filter(({ name }: RawHeader) => name.toLowerCase() === 'set-cookie')
    .flatMap(({ value }) => value.split('\n'))
    .flatMap((line) => readSetCookie(line, new URL(url)) ?? []);
}

/** RFC 6265 §5.2, as far as it says which cookie it is. */
function readSetCookie(line: string, { hostname, pathname }: URL): SetCookie | null {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = (at < 0 ? '' : pair.slice(0, at)).trim();
  const of = new Map(
    attributes.map((one): [string, string] => {
      const [attribute = '', ...rest] = one.split('=');
      return [attribute.trim().toLowerCase(), rest.join('=').trim()];
    }),
  );
  if (isTakenBack(of)) return null;
  const path = of.get('path') ?? '';
  return {
    name,
    host: hostname,
    domain: of.get('domain')?.replace(/^\./, '').toLowerCase() || null,
    path: path.startsWith('/') ? path : defaultPath(pathname),
    secure: of.has('secure'),
    partitioned: of.has('partitioned'),
  };
}

function isTakenBack(of: Map<string, string>): boolean {
  const maxAge = of.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return Number(maxAge) <= 0;
  return Date.parse(of.get('expires') ?? '') <= Date.now();
}

/** RFC 6265 §5.1.4. */
function defaultPath(pathname: string): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')));
}
