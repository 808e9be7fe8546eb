import { MOST_FILE_BYTES, MOST_RUNS } from '#protocol/file-limits.ts';

import { sayCount, spellCount } from '../counts.ts';
import { ProblemNote } from '../problem-note.tsx';
import { WaitingLine } from '../waiting-line.tsx';
import { say } from '../words.ts';
import type { ExportJob, ExportState } from './export-job.ts';
import { saveFile } from './save-file.ts';
import { shareFile, shareOf } from './share-file.ts';
import { spellBytes } from './spell.ts';

/** How far an export has got. Its place is there from the beginning, so that nothing moves when it speaks. */
export function ExportStatus({ job }: { job: ExportJob }) {
  const now = job.state.value;
  // What is under way would be read out anew for every step.
  const live = now.step === 'reading' ? 'off' : 'polite';
  return (
    <div class="export-status" data-step={now.step} aria-live={live}>
      <Status now={now} />
    </div>
  );
}

function Status({ now }: { now: ExportState }) {
  switch (now.step) {
    case 'idle':
      return <p class="small dim">{say('export.redacted')}</p>;
    case 'reading':
    case 'writing':
      return <Progress now={now} />;
    case 'saved':
      return <Saved now={now} />;
    case 'refused':
      return (
        <p class="problem" data-refused={now.reason}>
          <span class="sign" aria-hidden="true">
            !
          </span>
          {refusal(now.reason)}
        </p>
      );
    case 'problem':
      return <ProblemNote problem={now.problem} />;
  }
}

function Progress({ now }: { now: Extract<ExportState, { step: 'reading' | 'writing' }> }) {
  const known = now.step === 'reading' && now.total > 0;
  const words =
    now.step === 'writing'
      ? say('export.writing')
      : known
        ? say('export.reading_of', [spellCount(now.done), spellCount(now.total)])
        : say('export.reading');
  return (
    <>
      <p>{words}</p>
      <progress aria-label={words} {...(known ? { value: now.done, max: now.total } : {})} />
      <WaitingLine until={now.step === 'reading' ? now.until : null} />
    </>
  );
}

function Saved({ now }: { now: Extract<ExportState, { step: 'saved' }> }) {
  const { file, runs, gone } = now;
  return (
    <>
      <p>
        <b>{sayCount('export.saved', runs)}</b> <span class="mono file-name">{file.name}</span>{' '}
        <span class="dim num">{spellBytes(file.content.size)}</span>{' '}
        <button type="button" class="link small" id="save-again" onClick={() => saveFile(file)}>
          {say('export.again')}
        </button>
        {shareOf(file) ? (
          <>
            {' '}
            <button type="button" class="link small" id="share-file" onClick={() => shareFile(file)}>
              {say('export.share')}
            </button>
          </>
        ) : null}
      </p>
      {gone > 0 ? <p id="export-gone">{sayCount('export.gone', gone)}</p> : null}
    </>
  );
}

function refusal(reason: Extract<ExportState, { step: 'refused' }>['reason']): string {
  switch (reason) {
    case 'too_many':
      return say('export.too_many', [spellCount(MOST_RUNS)]);
    case 'too_large':
      return say('export.too_large', [spellBytes(MOST_FILE_BYTES)]);
    case 'none':
      return say('export.none');
    case 'not_written':
      return say('export.not_written');
  }
}
