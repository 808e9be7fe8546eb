import { useSignal } from '@preact/signals';
import type { RunSummary } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { changeLine } from '../history/history-list.ts';
import { FlagIcon } from '../icons.tsx';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { ReferenceDialog } from './reference-dialog.tsx';

interface Shown {
  run: Run;
  line: RunSummary;
  onLine: (line: RunSummary) => void;
}

/** Makes an ended run the one that later runs of its profile are held against, or lets go of it. */
export function PinReference({ run, line, onLine }: Shown) {
  const problem = useSignal<Problem | null>(null);
  const asking = useSignal(false);
  const { name } = run.profile;
  const changed = (reference: boolean) => {
    onLine({ ...line, reference });
    changeLine(run.id, (listed) => ({ ...listed, reference }));
  };
  const letGo = async () => {
    const reply = await askBackground({ type: 'set_reference', runId: run.id, reference: false });
    problem.value = reply.ok ? null : reply.problem;
    if (reply.ok) changed(false);
  };
  return (
    <>
      <button
        type="button"
        class="text-button"
        id="pin-reference"
        aria-pressed={line.reference}
        title={say(line.reference ? 'compare.unpin_what' : 'compare.pin_title', [name])}
        onClick={() => {
          if (line.reference) letGo();
          else asking.value = true;
        }}
      >
        <FlagIcon />
        {say(line.reference ? 'compare.is_pinned' : 'compare.pin')}
      </button>
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      {asking.value ? (
        <ReferenceDialog
          run={run}
          onPinned={() => changed(true)}
          onClose={() => {
            asking.value = false;
          }}
        />
      ) : null}
    </>
  );
}
