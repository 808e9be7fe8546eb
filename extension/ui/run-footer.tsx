import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import type { SavedRun } from '../runner/saved-run.ts';
import { CopyButton } from './copy-button.tsx';
import { AgainIcon } from './icons.tsx';
import { cancelRun, dismissRun, runAgain } from './run-actions.ts';
import { summaryOf } from './run-summary.ts';
import { say } from './words.ts';

export function RunFooter({ saved }: { saved: SavedRun }) {
  return (
    <footer class="foot">{saved.stage === 'done' ? <DoneActions saved={saved} /> : <CancelAction />}</footer>
  );
}

function CancelAction() {
  const asked = useSignal(false);
  const cancel = async () => {
    asked.value = true;
    await cancelRun();
    asked.value = false;
  };
  return (
    <button type="button" class="text-button last" id="cancel" onClick={cancel} disabled={asked.value}>
      {say(asked.value ? 'run.cancelling' : 'run.cancel')}
    </button>
  );
}

function DoneActions({ saved: { run } }: { saved: SavedRun }) {
  const again = useRef<HTMLButtonElement>(null);
  // Enter runs again, unless the person is already somewhere else on the page.
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) {
      again.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <>
      <CopyButton label={say('run.copy_summary')} text={() => summaryOf(run)} id="copy-summary" />
      <button type="button" class="text-button" id="dismiss" onClick={dismissRun}>
        {say('run.dismiss')}
      </button>
      <button
        type="button"
        class="text-button last strong"
        id="run-again"
        ref={again}
        onClick={() => runAgain(run)}
      >
        <AgainIcon />
        {say('run.again')}
        <span class="key" aria-hidden="true">
          ↵
        </span>
      </button>
    </>
  );
}
