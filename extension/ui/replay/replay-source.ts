import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Run } from '#protocol/run.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { isRecording, readRecording } from './recordings.ts';

/** What is to be played, and that it came from a file where it did. */
export interface Recorded {
  run: Run;
  imported: boolean;
}

/** Reads a recording of ours or a kept run. Nothing is written, here or at the backend. */
export function useRecorded(source: string): {
  recorded: Recorded | null;
  problem: Problem | null;
  read: () => Promise<void>;
} {
  const recorded = useSignal<Recorded | null>(null);
  const problem = useSignal<Problem | null>(null);
  const read = async () => {
    if (isRecording(source)) {
      recorded.value = { run: await readRecording(source), imported: false };
      return;
    }
    // What the backend lacks, this browser may have.
    const kept = await askBackground({ type: 'read_kept', runId: source });
    if (kept.ok && kept.value) {
      recorded.value = { run: kept.value.run, imported: false };
      return;
    }
    const reply = await askBackground({ type: 'read_run', runId: source });
    problem.value = reply.ok ? null : reply.problem;
    if (!reply.ok) return;
    const { run, line } = reply.value;
    recorded.value = { run, imported: line.importedAt !== null };
  };
  useEffect(() => void read(), []);
  return { recorded: recorded.value, problem: problem.value, read };
}
