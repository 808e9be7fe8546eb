import browser from 'webextension-polyfill';
import type { CleanStartChoice } from '#protocol/clean-start.ts';
import type { AccessReply } from '#protocol/pairing.ts';
import type { Expectation } from '#protocol/run.ts';

import type { SetCookie } from '../walker/set-cookies.ts';
import type { KeptConditions } from './conditions.ts';

/** How leg 1 is walked: by requests of the background, or in a tab that a person can see. */
export type Capture = 'fetch' | 'tab';

/** What a key may do, whose it is, and until when. */
export type KeyAccess = AccessReply;

/** What this device remembers. The number is here only if the person said so. */
export interface Settings {
  backend: { url: string; key: string } | null;
  /** What the backend said its key may do; null where it has not said, and then nothing is held back. */
  access: KeyAccess | null;
  /** The form as it was last sent. */
  lastForm: { profileId: string; scenario: string | null; capture?: Capture } | null;
  rememberedNumber: string | null;
  /** Host patterns that a person refused when asked; a browser does not say so afterwards. */
  refusedHosts: string[];
  /** What was stated last, for the next run. */
  conditions: KeptConditions | null;
  /** An expectation that the person set against what follows from the conditions, and what for. */
  chosenExpectation: { profileId: string; scenario: string | null; expectation: Expectation } | null;
  /** What goes before a run. */
  cleanStart: CleanStartChoice;
  /** Cookies that the runs of each profile were seen to receive: names, hosts and paths, never values. */
  receivedCookies: Record<string, SetCookie[]>;
  /** The host that the runs of each profile were led to over plain http. */
  httpHosts: Record<string, string>;
}

const NOTHING: Settings = {
  backend: null,
  access: null,
  lastForm: null,
  rememberedNumber: null,
  refusedHosts: [],
  conditions: null,
  chosenExpectation: null,
  cleanStart: 'received',
  receivedCookies: {},
  httpHosts: {},
};

export async function readSettings(): Promise<Settings> {
  return { ...NOTHING, ...(await browser.storage.local.get(Object.keys(NOTHING))) } as Settings;
}

export function writeSettings(changed: Partial<Settings>): Promise<void> {
  return browser.storage.local.set(changed);
}

const SESSION_NUMBER = 'number';

/** The number typed last, for this browser session only. */
export async function readSessionNumber(): Promise<string | null> {
  return ((await browser.storage.session.get(SESSION_NUMBER))[SESSION_NUMBER] as string | undefined) ?? null;
}

export function writeSessionNumber(number: string | null): Promise<void> {
  return number === null
    ? browser.storage.session.remove(SESSION_NUMBER)
    : browser.storage.session.set({ [SESSION_NUMBER]: number });
}

const CONDITIONS_HELD = 'conditionsHeld';

/** Whether the conditions were stated in this browser session, and no sign of another network was seen since. */
export async function readConditionsHeld(): Promise<boolean> {
  return (await browser.storage.session.get(CONDITIONS_HELD))[CONDITIONS_HELD] === true;
}

export function writeConditionsHeld(held: boolean): Promise<void> {
  return browser.storage.session.set({ [CONDITIONS_HELD]: held });
}

/** Calls `seen` whenever that changes; returns what stops it. */
export function watchConditionsHeld(seen: (held: boolean) => void): () => void {
  const onChanged = (changes: Record<string, browser.Storage.StorageChange>, area: string) => {
    const change = changes[CONDITIONS_HELD];
    if (area === 'session' && change) seen(change.newValue === true);
  };
  browser.storage.onChanged.addListener(onChanged);
  return () => browser.storage.onChanged.removeListener(onChanged);
}

/** What an administrator's policy holds for this extension; nothing of ours can write there. */
export async function readPolicy(): Promise<Record<string, unknown>> {
  try {
    return await browser.storage.managed.get(['backendUrl', 'backendName']);
  } catch {
    return {}; // Firefox says no in this way where there is no policy; on phones it has no such storage at all.
  }
}

/** Calls `seen` when the policy changes, which may be some time after the browser has started; returns what stops it. */
export function watchPolicy(seen: () => void): () => void {
  const onChanged = (_changes: unknown, area: string) => {
    if (area === 'managed') seen();
  };
  browser.storage.onChanged.addListener(onChanged);
  return () => browser.storage.onChanged.removeListener(onChanged);
}
