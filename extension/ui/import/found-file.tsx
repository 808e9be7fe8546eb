import { sayCount } from '../counts.ts';
import { say } from '../words.ts';
import { type Found, importJob } from './import-job.ts';
import { LeftOut } from './left-out.tsx';

/** What a file has, before anything of it is kept. */
export function FoundFile({ name, found }: { name: string; found: Found }) {
  const { runs, problems, containsSecret } = found;
  return (
    <>
      <h2 class="file-line">
        <bdi>{titleOf(name, runs)}</bdi>
      </h2>
      <FileFacts found={found} />
      {containsSecret ? (
        <p class="banner" id="contains-secret">
          {say('import.secret')}
        </p>
      ) : null}
      <LeftOut problems={problems} />
      {runs > 0 ? (
        <div>
          <button type="button" class="primary" id="import-now" onClick={importJob.start}>
            {sayCount('import.now', runs)}
          </button>
        </div>
      ) : null}
    </>
  );
}

function titleOf(name: string, runs: number): string {
  if (runs === 0) return say('import.found_none', [name]);
  return sayCount('import.found', runs, [name]);
}

/** What the file says of itself; a HAR file is anyone's, so it says nothing. */
function FileFacts({ found: { format, file } }: { found: Found }) {
  const facts = [
    say(format === 'bundle' ? 'import.format_bundle' : 'import.format_har'),
    ...(file
      ? [
          say('import.of_tool', [file.toolVersion]),
          say('import.with_browser', [`${file.browser.name} ${file.browser.version}`]),
          say('import.written_at', [spellMoment(file.exportedAt)]),
          ...(file.filter ? [say('import.filter', [file.filter])] : []),
        ]
      : []),
  ];
  return (
    <ul class="chips">
      {facts.map((fact) => (
        <li key={fact} class="chip soft">
          <bdi>{fact}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** A file may claim any time, also one that no calendar has. */
function spellMoment(ms: number): string {
  if (Math.abs(ms) > 8.64e15) return '–';
  return new Date(ms).toLocaleString(say('language'), {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
}
