import browser from 'webextension-polyfill';

import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { redactCookieName } from '#protocol/redact.ts';

import type { SetCookie } from '../walker/set-cookies.ts';
import { readSettings, writeSettings } from './settings.ts';
import { withReceived } from './with-received.ts';

/** Cookies by the profile whose runs received them. */
type ByProfile = Record<string, SetCookie[]>;

/** Names that may be secrets themselves, such as those made of `state`: they are known for this browser session only. */
const IN_SESSION = 'receivedCookies';

/** One change after the other, or two hops would overwrite each other's. */
let last: Promise<unknown> = Promise.resolve();

/** What earlier runs of this profile were seen to receive, and nobody has removed since. */
export async function readReceived(profileId: string): Promise<SetCookie[]> {
  await last;
  const [{ receivedCookies }, inSession] = await Promise.all([readSettings(), readSession()]);
  return [...(receivedCookies[profileId] ?? []), ...(inSession[profileId] ?? [])];
}

export function rememberReceived(profileId: string, cookies: readonly SetCookie[]): Promise<void> {
  return change(profileId, (known) => withReceived(known, cookies));
}

/** What is left of them after a clean start. */
export function keepReceived(profileId: string, left: readonly SetCookie[]): Promise<void> {
  return change(profileId, () => [...left]);
}

function change(profileId: string, to: (known: SetCookie[]) => SetCookie[]): Promise<void> {
  const changed = last.then(async () => {
    const [{ receivedCookies }, inSession] = await Promise.all([readSettings(), readSession()]);
    const known = [...(receivedCookies[profileId] ?? []), ...(inSession[profileId] ?? [])];
    const all = to(known);
    const harmless = all.filter(isHarmless);
    const others = all.filter((one) => !harmless.includes(one));
    await Promise.all([
      writeSettings({ receivedCookies: { ...receivedCookies, [profileId]: harmless } }),
      browser.storage.session.set({ [IN_SESSION]: { ...inSession, [profileId]: others } }),
    ]);
  });
  last = changed.catch(() => undefined);
  return changed;
}

async function readSession(): Promise<ByProfile> {
  return ((await browser.storage.session.get(IN_SESSION))[IN_SESSION] as ByProfile | undefined) ?? {};
}

function isHarmless({ name, path }: SetCookie): boolean {
  const pseudonyms = createPseudonyms();
  return redactCookieName(name, pseudonyms) === name && redactCookieName(path, pseudonyms) === path;
}
