import './export.css';
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { ExportFormat } from '#protocol/exports/file-name.ts';
import { MOST_RUNS } from '#protocol/file-limits.ts';
import type { RunCount } from '#protocol/history-api.ts';
import { askBackground } from '../../runner/ask-background.ts';
import { sayCount, spellCount } from '../counts.ts';
import { Dialog } from '../history/dialog.tsx';
import { momentOf } from '../history/run-times.ts';
import { ExportIcon } from '../icons.tsx';
import { say } from '../words.ts';
import { type ExportJob, openExport, type Wanted } from './export-job.ts';
import { ExportStatus } from './export-status.tsx';
import { filterWords } from './filter-words.ts';

/** What one reads first, what one keeps second, then what other programs take. */
const FORMATS: readonly ExportFormat[] = ['html', 'bundle', 'csv', 'har', 'junit', 'markdown', 'curl'];

/** One run or all of a filter as a file: what each format is for, and how far it has got. */
export function ExportDialog({ wanted, onClose }: { wanted: Wanted; onClose: () => void }) {
  const job = useMemo(() => openExport(wanted), []);
  const count = useCount(wanted);
  useEffect(() => job.cancel, []);
  const tooMany = count !== null && (count.more || count.runs > MOST_RUNS);
  return (
    <Dialog id="export-dialog" title={titleOf(count)} onClose={onClose}>
      <p class="small dim of">
        {'line' in wanted ? momentOf(wanted.line) : filterWords(wanted.filter) || say('export.all')}
      </p>
      {tooMany || count?.runs === 0 ? (
        <p class="banner" id="export-refused">
          {tooMany ? say('export.too_many', [spellCount(MOST_RUNS)]) : say('export.none')}
        </p>
      ) : (
        <>
          <Formats job={job} />
          <ExportStatus job={job} />
        </>
      )}
      <Ways job={job} onClose={onClose} />
    </Dialog>
  );
}

function Formats({ job }: { job: ExportJob }) {
  const now = job.state.value;
  const busy = now.step === 'reading' || now.step === 'writing';
  return (
    <ul class="formats">
      {FORMATS.map((format) => (
        <li key={format}>
          <button
            type="button"
            class="format"
            data-format={format}
            data-chosen={'format' in now && now.format === format}
            aria-disabled={busy}
            onClick={() => {
              if (!busy) job.start(format);
            }}
          >
            <span class="name">{say(`export_format.${format}`)}</span>
            <span class="what">{say(`export_what.${format}`)}</span>
            <ExportIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Ways({ job, onClose }: { job: ExportJob; onClose: () => void }) {
  const { step } = job.state.value;
  const busy = step === 'reading' || step === 'writing';
  return (
    <div class="dialog-choices">
      <button
        type="button"
        class="secondary"
        id={busy ? 'cancel-export' : 'close-export'}
        onClick={busy ? job.cancel : onClose}
      >
        {say(busy ? 'export.cancel' : step === 'saved' ? 'export.done' : 'export.close')}
      </button>
    </div>
  );
}

/** Null until it is known. An export counts again: what it says is what is in it. */
function useCount(wanted: Wanted): RunCount | null {
  const count = useSignal<RunCount | null>('line' in wanted ? { runs: 1, more: false } : null);
  useEffect(() => {
    if ('line' in wanted) return;
    askBackground({ type: 'count_runs', filter: wanted.filter }).then((reply) => {
      if (reply.ok) count.value = reply.value;
    });
  }, []);
  return count.value;
}

function titleOf(count: RunCount | null): string {
  if (count === null) return say('export.title');
  if (count.more) return say('export.title_more', [spellCount(count.runs)]);
  return sayCount('export.title_count', count.runs);
}
