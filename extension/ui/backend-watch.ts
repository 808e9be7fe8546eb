import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { Profile } from '#protocol/profile.ts';

import { askBackground } from '../runner/ask-background.ts';
import type { Problem } from '../runner/messages.ts';
import { readSettings, type Settings } from '../runner/settings.ts';

/** What this device remembers; `undefined` until it has been read once. */
export const settings = signal<Settings | undefined>(undefined);

/** What the backend offers, as far as it has been asked. */
export const backend = signal<
  | { state: 'asking' }
  /** `callbackUrl`: where a profile has to lead so that a phone can walk a run of it; null where none can. */
  | { state: 'ok'; profiles: Profile[]; callbackUrl: string | null }
  | { state: 'problem'; problem: Problem }
>({ state: 'asking' });

/** How often was asked: an answer that comes after a later question is none to that. */
let asks = 0;

/** Keeps `settings` current, also when the settings page or the popup changes them meanwhile. */
export function followSettings(): () => void {
  const read = async () => {
    const before = settings.peek()?.backend;
    const now = await readSettings();
    // Also with another key: it may be allowed what the one before was refused.
    const isAnother = before && (before.url !== now.backend?.url || before.key !== now.backend.key);
    const wasAsked = asks > 0;
    if (isAnother) forgetProfiles();
    settings.value = now;
    if (isAnother && wasAsked && now.backend) void askProfiles();
  };
  const onChanged = (_changes: unknown, area: string) => {
    if (area === 'local') read();
  };
  browser.storage.onChanged.addListener(onChanged);
  read();
  return () => browser.storage.onChanged.removeListener(onChanged);
}

/** What one backend offers says nothing of what another does. */
function forgetProfiles(): void {
  asks += 1;
  backend.value = { state: 'asking' };
}

/** Problems that only a new pairing line can solve. */
export const PAIR_AGAIN = ['not_paired', 'backend_not_ours', 'backend_refused_key', 'pairing_line_invalid'];

/**
 * What it offered before stays until it has answered, and where it does not answer: a form that goes and comes back would
 * lose what is in it, and whoever presses its button is told.
 */
export async function askProfiles(): Promise<void> {
  if (backend.value.state !== 'ok') backend.value = { state: 'asking' };
  asks += 1;
  const asked = asks;
  const reply = await askBackground({ type: 'profiles' });
  if (asked !== asks) return;
  if (reply.ok) {
    const { profiles, callbackUrl = null } = reply.value;
    backend.value = { state: 'ok', profiles, callbackUrl };
  } else if (backend.peek().state !== 'ok' || PAIR_AGAIN.includes(reply.problem.code)) {
    backend.value = { state: 'problem', problem: reply.problem };
  }
}
