import browser from 'webextension-polyfill';

/** Whether this page is the popup, which the browser closes as soon as it asks a person something. */
export function inPopup(): boolean {
  return location.pathname.endsWith('/popup.html');
}

/** A page of the inspector, beside what the person has open. The popup closes itself with that. */
export async function openInspector(hash: string): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`/inspector.html${hash}`) });
}
