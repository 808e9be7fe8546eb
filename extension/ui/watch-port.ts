import browser from 'webextension-polyfill';

import { WATCH_PORT } from '../runner/saved-run.ts';

/** A dead worker closes the port; opening it again wakes a new one, which closes or carries on the run. */
const REOPEN_MS = 300;

/** Holds a port to the background open until the returned function is called. */
export function holdWatchPort(): () => void {
  let port: browser.Runtime.Port | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let held = true;

  const open = () => {
    if (!held) return;
    try {
      port = browser.runtime.connect({ name: WATCH_PORT });
    } catch {
      // The extension itself was reloaded: nothing to wake any more.
      return;
    }
    port.onDisconnect.addListener(() => {
      timer = setTimeout(open, REOPEN_MS);
    });
  };
  open();
  return () => {
    held = false;
    clearTimeout(timer);
    port?.disconnect();
  };
}
