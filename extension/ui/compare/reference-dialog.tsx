import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { Dialog } from '../history/dialog.tsx';
import { changeLine } from '../history/history-list.ts';
import { momentOf } from '../history/run-times.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';

interface Shown {
  run: Run;
  onPinned: () => void;
  onClose: () => void;
}

/** Says what a reference is for, and which run has to make room for this one, before it does. */
export function ReferenceDialog({ run, onPinned, onClose }: Shown) {
  const { id, name } = run.profile;
  /** `undefined` until it is known. */
  const before = useSignal<Run | null | undefined>(undefined);
  const problem = useSignal<Problem | null>(null);
  const pinning = useSignal(false);
  useEffect(() => {
    askBackground({ type: 'read_reference', profileId: id }).then((reply) => {
      problem.value = reply.ok ? null : reply.problem;
      if (reply.ok) before.value = reply.value.run;
    });
  }, []);
  const pin = async () => {
    const replaced = before.value;
    if (replaced === undefined || pinning.value) return;
    pinning.value = true;
    const reply = await askBackground({ type: 'set_reference', runId: run.id, reference: true });
    pinning.value = false;
    problem.value = reply.ok ? null : reply.problem;
    if (!reply.ok) return;
    if (replaced) changeLine(replaced.id, (listed) => ({ ...listed, reference: false }));
    onPinned();
    onClose();
  };
  return (
    <Dialog id="reference-dialog" title={say('compare.pin_title', [name])} onClose={onClose}>
      <p>{say('compare.pin_what', [name])}</p>
      {run.verdict === 'match' ? null : <p>{say('compare.pin_not_good')}</p>}
      {problem.value ? (
        <ProblemNote problem={problem.value} />
      ) : (
        <p id="reference-before" aria-live="polite">
          {beforeWords(before.value, run)}
        </p>
      )}
      <div class="dialog-choices">
        <button type="button" class="secondary" id="cancel-reference" onClick={onClose}>
          {say('compare.pin_cancel')}
        </button>
        <button
          type="button"
          class="primary"
          id="pin-now"
          aria-disabled={before.value === undefined || pinning.value}
          onClick={pin}
        >
          {say('compare.pin_now')}
        </button>
      </div>
    </Dialog>
  );
}

/** The line is there from the start: what is asked for fills it, and moves no button. */
function beforeWords(before: Run | null | undefined, run: Run): string {
  if (before === undefined) return say('compare.pin_asking');
  if (before === null || before.id === run.id) return say('compare.pin_first', [run.profile.name]);
  return say('compare.pin_replaces', [momentOf(before), say(`verdict_word.${before.verdict ?? 'unknown'}`)]);
}
