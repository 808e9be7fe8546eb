import browser from 'webextension-polyfill';

/** What this device remembers. The number is here only if the person said so. */
export interface Settings {
  backend: { url: string; key: string } | null;
  /** The form as it was last sent. */
  lastForm: { profileId: string; scenario: string | null } | null;
  rememberedNumber: string | null;
}

const NOTHING: Settings = { backend: null, lastForm: null, rememberedNumber: null };

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
