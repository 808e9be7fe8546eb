import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { isFirefox } from '../../runner/browser-kind.ts';

const COOKIES = { permissions: ['cookies' as const] };

/** Whether this extension may remove cookies; null until that is known. */
const allowed = signal<boolean | null>(null);

export function useCookieAccess(): boolean | null {
  useEffect(() => {
    const read = async () => {
      allowed.value = await browser.permissions.contains(COOKIES);
    };
    const { onAdded, onRemoved } = browser.permissions;
    onAdded.addListener(read);
    onRemoved.addListener(read);
    void read();
    return () => {
      onAdded.removeListener(read);
      onRemoved.removeListener(read);
    };
  }, []);
  return allowed.value;
}

/** Must be called in the click itself: a browser counts it only until something is awaited. */
export async function askForCookies(): Promise<void> {
  const granted = await browser.permissions.request(COOKIES).catch(() => false);
  if (granted) allowed.value = true;
}

/** Chromium grants it without a question (docs/facts.md), so it need not be asked about; Firefox puts it to the person. */
export async function takeQuietly(): Promise<void> {
  if (!isFirefox && allowed.value === false) await askForCookies();
}
