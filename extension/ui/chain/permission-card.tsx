import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import type { WaitForHost } from '../../runner/saved-run.ts';
import { spellCount } from '../counts.ts';
import { inPopup, openInspector } from '../in-popup.ts';
import { hrefOf } from '../inspector/route.ts';
import { ProblemNote } from '../problem-note.tsx';
import { useSecondsLeft } from '../seconds-left.ts';
import { say } from '../words.ts';
import { HostName } from './host-name.tsx';

interface Shown {
  waitingFor: WaitForHost;
  hop: number | null;
  /** The host is redirect_uri's, and asked for so that a tab can be stopped before it. */
  guarded?: boolean;
}

/** The run stands before a host the browser may not ask. Only a click may ask for the permission, so this is the click. */
export function PermissionCard({ waitingFor, hop, guarded = false }: Shown) {
  const denied = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const left = useSecondsLeft(waitingFor.until);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);

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
      <h2 id="pause-title">{titleOf(hop, guarded)}</h2>
      <p>
        <HostName host={waitingFor.host} /> {say(guarded ? 'pause.guarded_what' : 'pause.what')}{' '}
        {waitingFor.revoked ? say('pause.revoked') : null}
      </p>
      {inPopup() ? (
        <>
          <button type="button" class="primary" id="allow" ref={button} onClick={openRunInTab}>
            {say('pause.allow_in_tab')}
          </button>
          <p class="small">{say('pause.in_tab_what')}</p>
        </>
      ) : (
        <button type="button" class="primary" id="allow" ref={button} onClick={allow}>
          {say('pause.allow', [patternOf(waitingFor)])}
        </button>
      )}
      {denied.value ? <p role="alert">{say('pause.denied')}</p> : null}
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      <p class="small num">{say('pause.left', [spellCount(left)])}</p>
    </section>
  );
}

function titleOf(hop: number | null, guarded: boolean): string {
  if (guarded) return say('pause.guarded_title');
  return hop === null ? say('pause.title_no_hop') : say('pause.title', [spellCount(hop)]);
}

/** A browser's question would close the popup, and in Firefox be gone with it. */
export function openRunInTab(): Promise<void> {
  return openInspector(hrefOf({ page: 'new_run' }));
}

/** `*://*.vodafone.test/*` reads as `*.vodafone.test`. */
export function patternOf({ origins, host }: { origins: readonly string[]; host: string }): string {
  return /^[^:]+:\/\/([^/]+)\//.exec(origins[0] ?? '')?.[1] ?? host;
}
