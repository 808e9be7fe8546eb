import browser from 'webextension-polyfill';

import type { Message, Reply, ReplyValues } from './messages.ts';

/** Sends one message to the background. A background that is gone is a reply like any other, never an exception. */
export async function askBackground<M extends Message>(message: M): Promise<Reply<ReplyValues[M['type']]>> {
  try {
    const reply = (await browser.runtime.sendMessage(message)) as Reply<ReplyValues[M['type']]> | undefined;
    if (reply) return reply;
  } catch {
    // The worker could not start or died before answering; both read the same to the person.
  }
  return { ok: false, problem: { code: 'background_gone', detail: null } };
}
