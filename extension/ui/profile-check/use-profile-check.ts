import { useSignal } from '@preact/signals';
import type { ProfileCheckLine } from '#protocol/profile-check.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';

export type CheckState =
  | { kind: 'idle' }
  | { kind: 'checking' }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'done'; lines: ProfileCheckLine[] };

/** Has the backend check a profile; it needs no SIM and no number. Asking again while it does is ignored. */
export function useProfileCheck(profileId: string): { state: CheckState; check: () => Promise<void> } {
  const state = useSignal<CheckState>({ kind: 'idle' });
  const check = async () => {
    if (state.value.kind === 'checking') return;
    state.value = { kind: 'checking' };
    const reply = await askBackground({ type: 'check_profile', profileId });
    state.value = reply.ok
      ? { kind: 'done', lines: reply.value.lines }
      : { kind: 'problem', problem: reply.problem };
  };
  return { state: state.value, check };
}
