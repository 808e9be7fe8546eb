import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

import type { Run } from '#protocol/run.ts';

import type { SavedRun } from '../runner/saved-run.ts';
import { CopyButton } from './copy-button.tsx';
import { AgainIcon } from './icons.tsx';
import { isRepeating } from './repeat/series-watch.ts';
import { StopSeries } from './repeat/stop-series.tsx';
import { cancelRun, dismissRun, runAgain, starting } from './run-actions.ts';
import { isOver } from './run-over.ts';
import { ariaKeys, keyNames, useShortcut } from './shortcuts.ts';
import { summaryOf } from './verdict/run-summary.ts';
import { say } from './words.ts';

export function RunFooter({ saved }: { saved: SavedRun }) {
  if (isRepeating() || !isOver(saved)) {
    return (
      <footer class="foot">
        <CancelAction />
        {isRepeating() ? <StopSeries /> : null}
      </footer>
    );
  }
  return (
    <footer class="foot">
      <CopyButton label={say('run.copy_summary')} text={() => summaryOf(saved.run)} id="copy-summary" />
      <button type="button" class="text-button" id="dismiss" onClick={dismissRun}>
        {say('run.dismiss')}
      </button>
      {saved.stage === 'done' ? <RunAgain run={saved.run} /> : null}
    </footer>
  );
}

function CancelAction() {
  const asked = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  useShortcut('cancel', button);
  const cancel = async () => {
    asked.value = true;
    await cancelRun();
    asked.value = false;
  };
  return (
    <button
      type="button"
      class="text-button last"
      id="cancel"
      ref={button}
      onClick={cancel}
      disabled={asked.value}
      aria-keyshortcuts={ariaKeys('cancel')}
      title={keyNames('cancel').join(' ')}
    >
      {say(asked.value ? 'run.cancelling' : 'run.cancel')}
    </button>
  );
}

function RunAgain({ run }: { run: Run }) {
  const button = useRef<HTMLButtonElement>(null);
  useShortcut('run', button);
  // Enter runs again, unless the person is already somewhere else on the page.
  useLayoutEffect(() => {
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    if (nowhere) button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <button
      type="button"
      class="text-button last strong"
      id="run-again"
      ref={button}
      disabled={starting.value}
      aria-keyshortcuts={ariaKeys('run')}
      title={keyNames('run').join(' ')}
      onClick={() => runAgain(run)}
    >
      <AgainIcon />
      {say(starting.value ? 'run.starting' : 'run.again')}
      <span class="key" aria-hidden="true">
        ↵
      </span>
    </button>
  );
}
