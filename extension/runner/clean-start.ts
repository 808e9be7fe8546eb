import browser, { type Cookies } from 'webextension-polyfill';

import type { CleanStart, CleanStartChoice } from '#protocol/clean-start.ts';
import type { HostRule } from '#protocol/profile.ts';

import type { SetCookie } from '../walker/set-cookies.ts';
import { isFirefox } from './browser-kind.ts';
import { goesTo, isThat } from './cookie-match.ts';
import { isAllowed } from './host-permission.ts';
import { keepReceived, readReceived } from './received-cookies.ts';

/**
 * Removes what would let a run pass on yesterday's session, and says what came of it. `hostsOf` is asked for the profile's hosts
 * only where all their cookies are to go.
 */
export async function cleanStart(
  choice: CleanStartChoice,
  profileId: string,
  hostsOf: () => Promise<readonly HostRule[]>,
): Promise<CleanStart> {
  const nothing = { kind: choice, removed: 0, left: 0 };
  if (choice === 'off') return nothing;
  const received = await readReceived(profileId);
  if (choice === 'received' && received.length === 0) return nothing;
  if (!(await browser.permissions.contains({ permissions: ['cookies'] }))) {
    return { ...nothing, kind: 'not_allowed' };
  }
  const hosts = choice === 'all' ? await hostsOf() : [];
  const ownOrigin = new URL(browser.runtime.getURL('')).origin;
  const toGo = (cookie: Cookies.Cookie) =>
    received.some((one) => isThat(cookie, one, ownOrigin)) || hosts.some((host) => goesTo(cookie, host));
  const before = (await allCookies()).filter(toGo);
  await Promise.all(before.map(expire));
  // Looked at again: that a browser took the request says nothing.
  const after = before.length > 0 ? (await allCookies()).filter(toGo) : [];
  const unseen = await notLookedFor(received);
  await keepReceived(profileId, [
    ...received.filter(
      (one) => after.some((cookie) => isThat(cookie, one, ownOrigin)) && !unseen.includes(one),
    ),
    ...unseen,
  ]);
  return { kind: choice, removed: before.length - after.length, left: after.length + unseen.length };
}

/** Of the hosts that are allowed, from every partition: browsers show an extension no others. */
function allCookies(): Promise<Cookies.Cookie[]> {
  // Firefox wants to be told so where it isolates by first party, and Chromium does not know the word.
  const everyParty = isFirefox ? { firstPartyDomain: null } : {};
  return browser.cookies.getAll({ partitionKey: {}, ...everyParty });
}

/**
 * Set anew with a time that is past: that says which domain, path and partition are meant, where a removal by name does not
 * tell a host's cookie from its parent domain's (docs/facts.md).
 */
async function expire(cookie: Cookies.Cookie): Promise<void> {
  const { hostOnly, session: _, domain, firstPartyDomain, ...same } = cookie;
  const host = domain.replace(/^\./, '');
  const url = `${cookie.secure ? 'https' : 'http'}://${host}${cookie.path}`;
  await browser.cookies
    .set({
      ...same,
      ...(hostOnly ? {} : { domain }),
      ...(isFirefox ? { firstPartyDomain } : {}),
      url,
      value: '',
      expirationDate: 1,
    })
    .catch(() => undefined);
}

/** Of hosts that are not allowed any more, or of a domain that never was: what is of it, the browser does not show. */
async function notLookedFor(received: readonly SetCookie[]): Promise<SetCookie[]> {
  const originOf = ({ domain, host, secure }: SetCookie) =>
    `${secure ? 'https' : 'http'}://${domain ?? host}/*`;
  const origins = [...new Set(received.map(originOf))];
  const seen = await Promise.all(origins.map((origin) => isAllowed([origin])));
  return received.filter((one) => !seen[origins.indexOf(originOf(one))]);
}
