import './import.css';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { settings } from '../backend-watch.ts';
import { PairingCard } from '../form/pairing-card.tsx';
import { allowed } from '../key-access.ts';
import { ReadOnlyCard } from '../read-only-card.tsx';
import { say } from '../words.ts';
import { DropZone } from './drop-zone.tsx';
import { FoundFile } from './found-file.tsx';
import { type ImportState, importJob } from './import-job.ts';
import { ImportOutcome } from './import-outcome.tsx';
import { ImportProgress } from './import-progress.tsx';
import { RefusedFile } from './refused-file.tsx';

/** Runs from a file, beside one's own: chosen, looked at, and then kept as imported. */
export function ImportPage() {
  const known = settings.value;
  if (known === undefined) return null;
  if (!known.backend)
    return (
      <main class="in-tab">
        <h1 class="unseen">{say('import.title')}</h1>
        <PairingCard />
      </main>
    );
  if (!allowed().run)
    return (
      <main class="in-tab">
        <h1 class="unseen">{say('import.title')}</h1>
        <ReadOnlyCard />
      </main>
    );
  const now = importJob.state.value;
  return (
    <main class="body import-page">
      <h1>{say('import.title')}</h1>
      <p class="dim">{say('import.what')}</p>
      {now.step === 'importing' || now.step === 'stopped' ? null : <DropZone now={now} />}
      <Step now={now} />
    </main>
  );
}

/** What came of the file that was chosen. It is where the person is now, so the focus goes with it. */
function Step({ now }: { now: ImportState }) {
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (now.step !== 'idle') place.current?.focus({ preventScroll: true });
  }, [now.step]);
  if (now.step === 'idle') return null;
  return (
    <section class="import-step" data-step={now.step} ref={place} tabIndex={-1}>
      <Shown now={now} />
    </section>
  );
}

function Shown({ now }: { now: Exclude<ImportState, { step: 'idle' }> }) {
  switch (now.step) {
    case 'reading':
      return <ImportProgress words={say('import.reading', [now.name])} />;
    case 'refused':
      return <RefusedFile {...now} />;
    case 'found':
      return <FoundFile {...now} />;
    default:
      return <ImportOutcome now={now} />;
  }
}
