import { useSignal } from '@preact/signals';
import browser from 'webextension-polyfill';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import type { WaitForHost } from '../../runner/saved-run.ts';
import { ProblemNote } from '../problem-note.tsx';
import { useSecondsLeft } from '../seconds-left.ts';
import { say } from '../words.ts';
import { HostName } from './host-name.tsx';

interface Shown {
  waitingFor: WaitForHost;
  hop: number | null;
}

/** The run stands before a host the browser may not ask. Only a click may ask for the permission, so this is the click. */
export function PermissionCard({ waitingFor, hop }: Shown) {
  const denied = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const left = useSecondsLeft(waitingFor.until);

  const allow = async () => {
    // Nothing may be awaited before this line: the browser counts the click only until then.
    const granted = await browser.permissions.request({ origins: waitingFor.origins }).catch(() => false);
    denied.value = !granted;
    if (!granted) return;
    const reply = await askBackground({ type: 'resume' });
    problem.value = reply.ok ? null : reply.problem;
  };
  return (
    <section class="pause" aria-labelledby="pause-title" data-waiting={waitingFor.kind}>
      <h2 id="pause-title">{hop === null ? say('pause.title_no_hop') : say('pause.title', [String(hop)])}</h2>
      <p>
        <HostName host={waitingFor.host} /> {say('pause.what')}
      </p>
      <button type="button" class="primary" id="allow" onClick={allow}>
        {say('pause.allow', [patternOf(waitingFor)])}
      </button>
      {denied.value ? <p role="alert">{say('pause.denied')}</p> : null}
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      <p class="small dim num">{say('pause.left', [String(left)])}</p>
    </section>
  );
}

/** `*://*.vodafone.test/*` reads as `*.vodafone.test`. */
function patternOf({ origins, host }: Shown['waitingFor']): string {
  return /^[^:]+:\/\/([^/]+)\//.exec(origins[0] ?? '')?.[1] ?? host;
}
