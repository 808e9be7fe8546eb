import browser from 'webextension-polyfill';

import type { Message } from './messages.ts';
import type { Reply, ReplyValues } from './replies.ts';
import { WATCH_PORT } from './saved-run.ts';

/** Sends one message to the background. A background that is gone is a reply like any other, never an exception. */
export async function askBackground<M extends Message>(message: M): Promise<Reply<ReplyValues[M['type']]>> {
  try {
    const reply = (await browser.runtime.sendMessage(message)) as Reply<ReplyValues[M['type']]> | undefined;
    if (reply) return reply;
  } catch {
    // The worker could not start or died before answering; both read the same to the person.
    wakeBackground();
  }
  return { ok: false, problem: { code: 'background_gone', detail: null } };
}

/** A page that connects makes the background look again at what it, or the one before it, could not carry on. */
export function wakeBackground(): void {
  try {
    browser.runtime.connect({ name: WATCH_PORT }).disconnect();
  } catch {
    // The extension itself was reloaded: nothing to wake any more.
  }
}
