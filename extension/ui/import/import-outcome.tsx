import { sayCount, spellCount } from '../counts.ts';
import { hrefOf } from '../inspector/route.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { type Counts, type ImportState, importJob, sumOf } from './import-job.ts';
import { ImportProgress } from './import-progress.tsx';
import { LeftOut } from './left-out.tsx';

type Shown = Extract<ImportState, { counts: Counts }>;

/** How far an import has got, and what came of it. */
export function ImportOutcome({ now }: { now: Shown }) {
  const { found, counts } = now;
  const done = sumOf(counts);
  const of: [string, string] = [spellCount(done), spellCount(found.runs)];
  if (now.step === 'importing')
    return (
      <ImportProgress words={say('import.progress', of)} of={{ done, all: found.runs }} until={now.until} />
    );
  return (
    <>
      <h2>{now.step === 'done' ? say('import.done') : say('import.stopped', of)}</h2>
      {now.step === 'stopped' && now.problem ? <ProblemNote problem={now.problem} /> : null}
      {done > 0 ? (
        <ul class="outcome-list">
          {linesOf(counts).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      {found.containsSecret ? (
        <p class="banner" id="contains-secret">
          {say('import.secret')}
        </p>
      ) : null}
      <LeftOut problems={found.problems} />
      <div class="ways">
        {now.step === 'stopped' ? (
          <button type="button" class="primary" id="go-on" onClick={importJob.start}>
            {say('import.go_on')}
          </button>
        ) : null}
        {counts.imported + counts.already_here > 0 ? (
          <a
            class={now.step === 'done' ? 'primary' : 'secondary'}
            id="show-imported"
            href={hrefOf({ page: 'runs', runId: null, filter: { origin: 'imported' } })}
          >
            {say('import.show')}
          </a>
        ) : null}
        {now.step === 'stopped' ? (
          <button type="button" class="secondary" id="other-file" onClick={importJob.startOver}>
            {say('import.other_file')}
          </button>
        ) : null}
      </div>
    </>
  );
}

function linesOf({ imported, already_here, id_taken, refused }: Counts): string[] {
  return [
    imported === 0 ? say('import.imported_none') : sayCount('import.imported', imported),
    ...(already_here === 0 ? [] : [sayCount('import.already_here', already_here)]),
    ...(id_taken === 0 ? [] : [sayCount('import.id_taken', id_taken)]),
    ...(refused === 0 ? [] : [sayCount('import.refused_run', refused)]),
  ];
}
