import { useSignal } from '@preact/signals';
import browser from 'webextension-polyfill';

import { askBackground } from '../../runner/ask-background.ts';
import type { LatePermission } from '../../runner/late-permission.ts';
import { inPopup } from '../in-popup.ts';
import { useSecondsLeft } from '../seconds-left.ts';
import { say } from '../words.ts';
import { HostName } from './host-name.tsx';
import { openRunInTab, patternOf } from './permission-card.tsx';

/** The run has ended for want of a permission; given now, it starts the run again, and that is said before. */
export function LateCard({ late }: { late: LatePermission }) {
  const denied = useSignal(false);
  const left = useSecondsLeft(late.until);
  if (left === 0) return null;
  const allow = async () => {
    // Nothing may be awaited before this line: the browser counts the click only until then.
    const granted = await browser.permissions.request({ origins: late.origins }).catch(() => false);
    denied.value = !granted;
    // What is granted already makes no sign of its own.
    if (granted) await askBackground({ type: 'resume' });
  };
  return (
    <section class="pause" aria-labelledby="late-title" data-late>
      <h2 id="late-title">{say('late.title')}</h2>
      <p>
        <HostName host={late.host} /> {say('late.what')}
      </p>
      <button type="button" class="primary" id="allow-late" onClick={inPopup() ? openRunInTab : allow}>
        {inPopup() ? say('late.allow_in_tab') : say('late.allow', [patternOf(late)])}
      </button>
      {denied.value ? <p role="alert">{say('late.denied')}</p> : null}
    </section>
  );
}
