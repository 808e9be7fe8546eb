import { WaitingLine } from '../waiting-line.tsx';
import { say } from '../words.ts';
import { importJob } from './import-job.ts';

/** Something is under way and can be stopped; without numbers where they are not known yet. */
export function ImportProgress({
  words,
  of = null,
  until = null,
}: {
  words: string;
  of?: { done: number; all: number } | null;
  /** From when on it is gone on, where the backend asked to wait. */
  until?: number | null;
}) {
  return (
    <>
      <p class="file-line">
        <bdi>{words}</bdi>
      </p>
      <progress aria-label={words} {...(of ? { value: of.done, max: of.all } : {})} />
      <WaitingLine until={until} />
      <div>
        <button type="button" class="secondary" id="stop-import" onClick={importJob.stop}>
          {say('import.cancel')}
        </button>
      </div>
    </>
  );
}
