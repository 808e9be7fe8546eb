import { useSignal } from '@preact/signals';
import type { RunFilter, RunSummary } from '#protocol/history-api.ts';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { PinReference } from '../compare/pin-reference.tsx';
import { CopyButton } from '../copy-button.tsx';
import { ExportButton } from '../export/export-button.tsx';
import { BinIcon, CompareIcon, PinIcon, ReplayIcon } from '../icons.tsx';
import { hrefOf } from '../inspector/route.ts';
import { allowed } from '../key-access.ts';
import { ProblemNote } from '../problem-note.tsx';
import { summaryOf } from '../verdict/run-summary.ts';
import { say } from '../words.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { changeLine } from './history-list.ts';

interface Shown {
  run: Run;
  line: RunSummary;
  filter: RunFilter;
  onLine: (line: RunSummary) => void;
}

/** What can be done with a kept run. */
export function RunTools({ run, line, filter, onLine }: Shown) {
  const { pinned } = line;
  const changes = allowed().change(run);
  const problem = useSignal<Problem | null>(null);
  const deleting = useSignal(false);
  const pin = async () => {
    const reply = await askBackground({ type: 'pin_run', runId: run.id, pinned: !pinned });
    problem.value = reply.ok ? null : reply.problem;
    if (!reply.ok) return;
    onLine({ ...line, ...reply.value });
    changeLine(run.id, (listed) => ({ ...listed, ...reply.value }));
  };
  return (
    <div class="run-tools">
      {changes ? (
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
      ) : null}
      {run.phase === 'ended' ? (
        <>
          {allowed().decide ? <PinReference run={run} line={line} onLine={onLine} /> : null}
          <a
            class="text-button"
            id="compare-run"
            href={hrefOf({ page: 'compare', runId: run.id, referenceId: null })}
            title={say('compare.of_run_what')}
          >
            <CompareIcon />
            {say('compare.of_run')}
          </a>
        </>
      ) : null}
      <a
        class="text-button"
        id="replay-run"
        href={hrefOf({ page: 'replay', source: run.id })}
        title={say('replay.of_run_what')}
      >
        <ReplayIcon />
        {say('replay.of_run')}
      </a>
      <ExportButton wanted={{ line }} id="export-run" />
      <CopyButton
        label={say('run.copy_summary')}
        // A record says where it was made; that it came here in a file stands in its line.
        text={() => summaryOf({ ...run, origin: line.origin })}
        id="copy-summary"
      />
      {changes ? (
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
      ) : null}
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
