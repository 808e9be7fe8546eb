import { useSignal } from '@preact/signals';
import type { RunFilter } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { goTo } from '../inspector/route-watch.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { changeLine } from './history-list.ts';
import { momentOf } from './run-times.ts';

interface Shown {
  run: Run;
  pinned: boolean;
  filter: RunFilter;
  onClose: () => void;
}

/** Says what goes and that it does not come back; the way out comes first. */
export function DeleteDialog({ run, pinned, filter, onClose }: Shown) {
  const problem = useSignal<Problem | null>(null);
  const asking = useSignal(false);
  const remove = async () => {
    if (asking.value) return;
    asking.value = true;
    const reply = await askBackground({ type: 'delete_run', runId: run.id });
    asking.value = false;
    problem.value = reply.ok ? null : reply.problem;
    if (!reply.ok) return;
    changeLine(run.id, () => null);
    goTo({ page: 'runs', runId: null, filter });
    // What had the focus is gone with the run.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('a.run-row[tabindex="0"]')?.focus());
  };
  return (
    <Dialog id="delete-dialog" title={say('record.delete_title')} onClose={onClose}>
      <p>
        {say('record.delete_what', [momentOf(run)])} {pinned ? <b>{say('record.delete_pinned')}</b> : null}
      </p>
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      <div class="dialog-choices">
        <button type="button" class="secondary" id="keep-run" onClick={onClose}>
          {say('record.delete_keep')}
        </button>
        <button
          type="button"
          class="primary danger"
          id="delete-now"
          aria-disabled={asking.value}
          onClick={remove}
        >
          {say('record.delete_now')}
        </button>
      </div>
    </Dialog>
  );
}
