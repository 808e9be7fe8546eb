import { useSignal } from '@preact/signals';
import type { RunFilter } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { CopyButton } from '../copy-button.tsx';
import { BinIcon, PinIcon } from '../icons.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { summaryOf } from '../verdict/run-summary.ts';
import { say } from '../words.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { changeLine } from './history-list.ts';

interface Shown {
  run: Run;
  pinned: boolean;
  filter: RunFilter;
  onPinned: (pinned: boolean) => void;
}

/** What can be done with a kept run. */
export function RunTools({ run, pinned, filter, onPinned }: Shown) {
  const problem = useSignal<Problem | null>(null);
  const deleting = useSignal(false);
  const pin = async () => {
    const reply = await askBackground({ type: 'pin_run', runId: run.id, pinned: !pinned });
    problem.value = reply.ok ? null : reply.problem;
    if (!reply.ok) return;
    onPinned(reply.value.pinned);
    changeLine(run.id, (line) => ({ ...line, pinned: reply.value.pinned }));
  };
  return (
    <div class="run-tools">
      <button
        type="button"
        class="text-button"
        id="pin-run"
        aria-pressed={pinned}
        title={say('record.pin_what')}
        onClick={pin}
      >
        <PinIcon />
        {say(pinned ? 'record.unpin' : 'record.pin')}
      </button>
      <CopyButton label={say('run.copy_summary')} text={() => summaryOf(run)} id="copy-summary" />
      <button
        type="button"
        class="text-button"
        id="delete-run"
        onClick={() => {
          deleting.value = true;
        }}
      >
        <BinIcon />
        {say('record.delete')}
      </button>
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      {deleting.value ? (
        <DeleteDialog
          run={run}
          pinned={pinned}
          filter={filter}
          onClose={() => {
            deleting.value = false;
          }}
        />
      ) : null}
    </div>
  );
}
