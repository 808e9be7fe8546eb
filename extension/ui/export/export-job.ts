import { type Signal, signal } from '@preact/signals';
import type { ExportFormat } from '#protocol/exports/file-name.ts';
import { isTooLarge, MOST_RUNS } from '#protocol/file-limits.ts';
import type { RunFilter, RunSummary } from '#protocol/history-api.ts';

import { type Gathered, gatherRecords, gatherRuns } from '../../runner/gather-runs.ts';
import type { Problem } from '../../runner/messages.ts';
import { aboutExport } from './about-export.ts';
import { filterWords } from './filter-words.ts';
import { saveFile } from './save-file.ts';
import type { About, WrittenFile } from './write-file.ts';

/** One run, or all that a filter lets through. */
export type Wanted = { line: RunSummary } | { filter: RunFilter };

export type ExportState =
  | { step: 'idle' }
  | { step: 'reading'; format: ExportFormat; done: number; total: number; until: number | null }
  | { step: 'writing'; format: ExportFormat }
  | { step: 'saved'; format: ExportFormat; file: WrittenFile; runs: number; gone: number }
  | { step: 'refused'; reason: 'too_many' | 'too_large' | 'none' | 'not_written' }
  | { step: 'problem'; problem: Problem };

export interface ExportJob {
  state: Signal<ExportState>;
  start(format: ExportFormat): Promise<void>;
  cancel(): void;
}

/** Reads the runs, writes the file and offers it once it is whole; stopped before that, nothing is left of it. */
export function openExport(wanted: Wanted): ExportJob {
  const state = signal<ExportState>({ step: 'idle' });
  let stop = new AbortController();

  async function start(format: ExportFormat): Promise<void> {
    stop.abort();
    stop = new AbortController();
    const { signal: stopped } = stop;
    const show = (next: ExportState) => {
      if (!stopped.aborted) state.value = next;
    };
    let read = { done: 0, total: 0 };
    const showRead = (until: number | null) => show({ step: 'reading', format, ...read, until });
    showRead(null);
    const gathered = await gather(wanted, {
      signal: stopped,
      onProgress: (done, total) => {
        read = { done, total };
        showRead(null);
      },
      onWait: showRead,
    });
    if (gathered.kind === 'cancelled') return;
    if (gathered.kind === 'too_many') return show({ step: 'refused', reason: 'too_many' });
    if (gathered.kind === 'problem') return show({ step: 'problem', problem: gathered.problem });
    const { kept, gone } = gathered;
    if (kept.length === 0) return show({ step: 'refused', reason: 'none' });
    show({ step: 'writing', format });
    try {
      const { writeFile } = await import('./write-file.ts');
      const file = await writeFile(format, kept, about(wanted), stopped);
      if (!file || stopped.aborted) return;
      // A file that is meant to come back has to fit through the door again.
      if ((format === 'bundle' || format === 'har') && isTooLarge(file.content.size))
        return show({ step: 'refused', reason: 'too_large' });
      saveFile(file);
      show({ step: 'saved', format, file, runs: kept.length, gone });
    } catch {
      // More text than one string of this browser holds, or no memory for it.
      show({ step: 'refused', reason: 'not_written' });
    }
  }
  const cancel = () => {
    stop.abort();
    state.value = { step: 'idle' };
  };
  return { state, start, cancel };
}

function gather(wanted: Wanted, watching: Parameters<typeof gatherRuns>[2]): Promise<Gathered> {
  return 'line' in wanted
    ? gatherRecords([wanted.line], watching)
    : gatherRuns(wanted.filter, MOST_RUNS, watching);
}

function about(wanted: Wanted): About {
  return aboutExport('filter' in wanted ? filterWords(wanted.filter) : '');
}
