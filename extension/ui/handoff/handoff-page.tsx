import '../run-view.css';
import '../form/form.css';
import './handoff.css';
import { useEffect } from 'preact/hooks';

import { askProfiles, backend, settings } from '../backend-watch.ts';
import { openRow } from '../detail/open-row.ts';
import { PairingCard } from '../form/pairing-card.tsx';
import { allowed } from '../key-access.ts';
import { ProblemNote } from '../problem-note.tsx';
import { ReadOnlyCard } from '../read-only-card.tsx';
import { say } from '../words.ts';
import { HandoffForm } from './handoff-form.tsx';
import { HandoffLive } from './handoff-live.tsx';
import { HandoffOutcome } from './handoff-outcome.tsx';
import { followHandoff, handoff } from './handoff-watch.ts';

/** For phones that cannot have this extension: their own browser walks, and what comes of it is shown here. */
export function HandoffPage() {
  useEffect(() => {
    openRow.value = null;
    return followHandoff();
  }, []);
  const known = settings.value;
  const shown = handoff.value;
  // Nothing is drawn before both are read: a form that turns into a code would be a jump.
  if (known === undefined || shown === undefined) return null;
  const stage = shown ? (shown.stage === 'done' ? 'done' : 'open') : 'form';
  return (
    <main class="in-tab handoff-page" data-handoff={stage}>
      <div class="handoff-intro">
        <h1>{say('handoff.title')}</h1>
        {stage === 'form' ? <p class="dim">{say('handoff.what')}</p> : null}
      </div>
      {shown ? (
        stage === 'done' ? (
          <HandoffOutcome handoff={shown} />
        ) : (
          <HandoffLive handoff={shown} />
        )
      ) : known.backend ? (
        <Offer />
      ) : (
        <PairingCard />
      )}
    </main>
  );
}

function Offer() {
  useEffect(() => {
    askProfiles();
  }, []);
  const known = backend.value;
  if (!allowed().run) return <ReadOnlyCard />;
  if (known.state === 'asking') {
    return (
      <div class="body">
        <p class="quiet" role="status">
          {say('form.backend_checking')}
        </p>
      </div>
    );
  }
  if (known.state === 'problem' || known.profiles.length === 0) {
    return (
      <div class="body handoff-problem">
        {known.state === 'problem' ? (
          <ProblemNote problem={known.problem} />
        ) : (
          <p>{say('form.no_profiles')}</p>
        )}
        <button type="button" class="primary" id="retry" onClick={askProfiles}>
          {say('form.retry')}
        </button>
      </div>
    );
  }
  return <HandoffForm profiles={known.profiles} callbackUrl={known.callbackUrl} />;
}
