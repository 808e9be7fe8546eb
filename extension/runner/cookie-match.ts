import type { Cookies } from 'webextension-polyfill';

import { type HostRule, hostMatches } from '#protocol/profile.ts';

import type { SetCookie } from '../walker/set-cookies.ts';

/** Whether it is the cookie that a run received. A partition that is not the run's own holds another site's. */
export function isThat(cookie: Cookies.Cookie, received: SetCookie, ownOrigin: string): boolean {
  const bare = cookie.domain.replace(/^\./, '');
  const ofHost = cookie.hostOnly
    ? bare === received.host && (received.domain === null || received.domain === bare)
    : bare === received.domain;
  return (
    ofHost &&
    cookie.name === received.name &&
    cookie.path === received.path &&
    (cookie.partitionKey?.topLevelSite ? received.partitioned && isOurPartition(cookie, ownOrigin) : true)
  );
}

/** That of the extension's own requests, or of a tab that went to the host itself. */
function isOurPartition({ partitionKey, domain }: Cookies.Cookie, ownOrigin: string): boolean {
  const site = partitionKey?.topLevelSite ?? '';
  const host = URL.parse(site)?.hostname ?? '';
  const bare = domain.replace(/^\./, '');
  return site === ownOrigin || bare === host || bare.endsWith(`.${host}`);
}

/** Whether a request to one of these hosts would carry it; that of redirect_uri is not asked. */
export function goesTo(cookie: Cookies.Cookie, { pattern, role }: HostRule): boolean {
  if (role === 'callback') return false;
  const bare = cookie.domain.replace(/^\./, '');
  const host = pattern.replace(/^\*\./, '');
  return hostMatches(pattern, bare) || (!cookie.hostOnly && host.endsWith(`.${bare}`));
}
