import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { HostRule } from '#protocol/profile.ts';

import { settings } from '../backend-watch.ts';
import { type HostState, readHostStates } from './host-access.ts';

type States = ReadonlyMap<string, HostState>;

/** What was read last, so that a page that knows it already does not begin without. */
const known = new Map<string, States>();

function keyOf(hosts: readonly HostRule[]): string {
  return hosts.map(({ pattern, scheme }) => `${scheme} ${pattern}`).join();
}

/** Reads them before they are drawn: what comes later would move the page. */
export async function primeHostStates(hosts: readonly HostRule[]): Promise<void> {
  known.set(keyOf(hosts), await readHostStates(hosts));
}

/** How each host stands, by its pattern, and kept current; null until that is known. */
export function useHostStates(hosts: readonly HostRule[]): States | null {
  const key = keyOf(hosts);
  const states = useSignal<{ key: string; states: States | null }>({ key, states: known.get(key) ?? null });
  const refused = settings.value?.refusedHosts.join();
  useEffect(() => {
    let left = false;
    const read = async () => {
      const now = await readHostStates(hosts);
      known.set(key, now);
      if (!left) states.value = { key, states: now };
    };
    const { onAdded, onRemoved } = browser.permissions;
    onAdded.addListener(read);
    onRemoved.addListener(read);
    read();
    return () => {
      left = true;
      onAdded.removeListener(read);
      onRemoved.removeListener(read);
    };
  }, [key, refused]);
  return states.value.key === key ? states.value.states : (known.get(key) ?? null);
}

export function missingOf(states: States | null): string[] {
  return [...(states ?? [])].flatMap(([pattern, state]) =>
    state === 'not_yet' || state === 'refused' ? [pattern] : [],
  );
}
