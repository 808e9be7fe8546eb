import { type Signal, signal } from '@preact/signals';
import { isTooLarge } from '#protocol/file-limits.ts';
import { type ImportProblem, problemOf } from '#protocol/imports/import-problem.ts';

import { askBackground } from '../../runner/ask-background.ts';
import { askInTurn } from '../../runner/ask-in-turn.ts';
import type { ReadFile } from '../../runner/import-reader.ts';
import type { Problem } from '../../runner/messages.ts';
import type { ReplyValues } from '../../runner/replies.ts';
import { type OpenFile, openFile } from './file-reader.ts';

export type Found = Extract<ReadFile, { ok: true }>;
/** What became of the runs so far. */
export type Counts = Record<ReplyValues['import_run']['result'], number>;

export type ImportState =
  | { step: 'idle'; oneOnly: boolean }
  | { step: 'reading'; name: string }
  | { step: 'refused'; name: string; problem: ImportProblem }
  | { step: 'found'; name: string; found: Found }
  /** `until`: the backend asked to wait until then (UTC ms). */
  | { step: 'importing'; name: string; found: Found; counts: Counts; until: number | null }
  /** `problem` is null where the person stopped it. */
  | { step: 'stopped'; name: string; found: Found; counts: Counts; problem: Problem | null }
  | { step: 'done'; name: string; found: Found; counts: Counts };

interface ImportJob {
  state: Signal<ImportState>;
  choose(files: readonly File[]): Promise<void>;
  /** Begins, or goes on after the last run that is known to have arrived. */
  start(): Promise<void>;
  stop(): void;
  startOver(): void;
}

/** One file after the other: chosen, read, shown, and only then imported, run by run. */
function openImport(): ImportJob {
  const state = signal<ImportState>({ step: 'idle', oneOnly: false });
  let open: OpenFile | null = null;
  let waiting = new AbortController();

  async function choose(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!file) return;
    leave({ step: 'idle', oneOnly: files.length > 1 });
    if (files.length > 1) return;
    const { name } = file;
    if (isTooLarge(file.size)) {
      state.value = { step: 'refused', name, problem: problemOf('import.too_large') };
      return;
    }
    const reading = openFile(file);
    open = reading;
    state.value = { step: 'reading', name };
    const read = await reading.read;
    if (open !== reading) return;
    state.value = read.ok
      ? { step: 'found', name, found: read }
      : { step: 'refused', name, problem: read.problem };
  }

  /** One after the other: whoever goes on waits for the answer that was on its way when it was stopped. */
  let running: Promise<void> = Promise.resolve();
  function start(): Promise<void> {
    running = running.then(carryOn);
    return running;
  }

  async function carryOn(): Promise<void> {
    const from = state.value;
    const reading = open;
    if (!reading || (from.step !== 'found' && from.step !== 'stopped')) return;
    const { name, found } = from;
    let counts = from.step === 'found' ? NONE : from.counts;
    waiting = new AbortController();
    const { signal: stopped } = waiting;
    const show = (until: number | null) => {
      if (!stopped.aborted) state.value = { step: 'importing', name, found, counts, until };
    };
    show(null);
    for (let at = sumOf(counts); at < found.runs; at += 1) {
      const run = await reading.run(at);
      const turn = { signal: stopped, onWait: show };
      const reply = await askInTurn(() => askBackground({ type: 'import_run', run }), turn);
      if (open !== reading) return;
      if (!reply.ok && stopped.aborted) return;
      if (!reply.ok) {
        state.value = { step: 'stopped', name, found, counts, problem: reply.problem };
        return;
      }
      const { result } = reply.value;
      counts = { ...counts, [result]: counts[result] + 1 };
      // What has arrived is counted, also where it was stopped meanwhile.
      if (stopped.aborted) {
        state.value = { step: 'stopped', name, found, counts, problem: null };
        return;
      }
      show(null);
    }
    state.value = { step: 'done', name, found, counts };
  }

  function stop(): void {
    const now = state.value;
    waiting.abort();
    if (now.step === 'importing') {
      const { name, found, counts } = now;
      state.value = { step: 'stopped', name, found, counts, problem: null };
    }
    if (now.step === 'reading') leave({ step: 'idle', oneOnly: false });
  }

  function leave(next: ImportState): void {
    waiting.abort();
    open?.close();
    open = null;
    state.value = next;
  }

  return { state, choose, start, stop, startOver: () => leave({ step: 'idle', oneOnly: false }) };
}

/** Of the page, not of what it shows: an import goes on while something else is looked at. */
export const importJob = openImport();

const NONE: Counts = { imported: 0, already_here: 0, id_taken: 0, refused: 0 };

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0);
}
