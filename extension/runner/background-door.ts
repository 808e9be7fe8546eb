import browser, { type Runtime } from 'webextension-polyfill';

import { BackendProblem } from '../backend-client/backend-problem.ts';
import { listenToTraffic, stopListeningToTraffic } from '../walker/hop-traffic.ts';
import { cleanUpWalkedTab } from '../walker/walked-tab.ts';
import { type Handlers, openHandlers } from './handlers.ts';
import { Message, type Problem } from './messages.ts';
import { isOurPage } from './our-page.ts';
import type { Reply } from './replies.ts';
import { WATCH_PORT } from './saved-run.ts';

/** Everything that wakes the background. Listeners are added synchronously, or the event that woke it is lost. */
export function openBackgroundDoor(): void {
  // Added first and taken back when no chain is walked: only so does Chromium forget those of a worker that died in mid-run.
  listenToTraffic();
  void cleanUpWalkedTab();
  const handlers = openHandlers();
  browser.runtime.onMessage.addListener((raw: unknown, sender: Runtime.MessageSender) =>
    answer(raw, sender, handlers),
  );
  browser.permissions.onAdded.addListener(handlers.permissionSign);
  browser.runtime.onConnect.addListener((port) => {
    // A page is watching again: what could not be handed over may be now.
    if (port.name === WATCH_PORT && isOurs(port.sender)) void handlers.recover();
  });
  void handlers.recover().then(() => {
    if (handlers.isIdle()) stopListeningToTraffic();
  });
}

async function answer(
  raw: unknown,
  sender: Runtime.MessageSender,
  handlers: Handlers,
): Promise<Reply<unknown>> {
  if (!isOurs(sender)) return refuse({ code: 'sender_rejected', detail: null });
  const message = Message.safeParse(raw);
  if (!message.success) return refuse({ code: 'message_invalid', detail: null });
  try {
    const handle = handlers.on[message.data.type] as (asked: Message) => Promise<Reply<unknown>>;
    return await handle(message.data);
  } catch (error) {
    if (error instanceof BackendProblem) return refuse(error.told());
    throw error;
  }
}

function isOurs(sender: Runtime.MessageSender | undefined): boolean {
  return isOurPage(sender, { id: browser.runtime.id, root: browser.runtime.getURL('') });
}

function refuse(problem: Problem): Reply<never> {
  return { ok: false, problem };
}
