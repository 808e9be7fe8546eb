import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Profile } from '#protocol/profile.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Preflight } from '../../runner/preflight.ts';

/** What was seen last, and for which profile; `looking` while it is being looked for. */
const seen = signal<{ profileId: string; preflight: Preflight | null; looking: boolean } | null>(null);

/** Looks when the form opens and when another profile is chosen, and again on demand. */
export function usePreflight(
  profile: Profile,
  httpHost: string | null,
): {
  preflight: Preflight | null;
  looking: boolean;
  /** Also asks the profile's own plain-http host, which is done for nobody who did not say so. */
  lookAgain: () => void;
} {
  useEffect(() => {
    // The simulated operator is ours; an operator's host is asked when a person says so.
    void look(profile.id, profile.simulator ? httpHost : null);
  }, [profile.id]);
  const mine = seen.value?.profileId === profile.id ? seen.value : null;
  return {
    preflight: mine?.preflight ?? null,
    looking: mine?.looking ?? true,
    lookAgain: () => void look(profile.id, httpHost),
  };
}

async function look(profileId: string, httpHost: string | null): Promise<void> {
  const before = seen.value?.profileId === profileId ? seen.value.preflight : null;
  seen.value = { profileId, preflight: before, looking: true };
  const reply = await askBackground({ type: 'preflight', httpHost });
  if (seen.value?.profileId !== profileId) return;
  seen.value = { profileId, preflight: reply.ok ? reply.value : before, looking: false };
}
