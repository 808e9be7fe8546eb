import { useSignal } from '@preact/signals';

import { CopyIcon } from './icons.tsx';
import { say } from './words.ts';

const SHOWN_MS = 1600;

/** Copies what `text` gives at the moment of the click, and says whether it worked. */
export function CopyButton({ label, text, id }: { label: string; text: () => string; id?: string }) {
  const outcome = useSignal<'idle' | 'copied' | 'failed'>('idle');
  const copy = async () => {
    outcome.value = await navigator.clipboard.writeText(text()).then(
      () => 'copied' as const,
      () => 'failed' as const,
    );
    setTimeout(() => {
      outcome.value = 'idle';
    }, SHOWN_MS);
  };
  const shown = { idle: label, copied: say('app.copied'), failed: say('app.copy_failed') }[outcome.value];
  return (
    <button type="button" class="text-button" id={id} onClick={copy}>
      <CopyIcon />
      <span aria-live="polite">{shown}</span>
    </button>
  );
}
