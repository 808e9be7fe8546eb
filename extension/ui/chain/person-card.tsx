import { useSignal } from '@preact/signals';
import browser from 'webextension-polyfill';

import type { WaitForPerson } from '../../runner/saved-run.ts';
import { useSecondsLeft } from '../seconds-left.ts';
import { say } from '../words.ts';
import { HostName } from './host-name.tsx';

/** The operator wants something of a person, in the tab; here is the way there, and what ends the wait. */
export function PersonCard({ waitingFor, hop }: { waitingFor: WaitForPerson; hop: number }) {
  const gone = useSignal(false);
  const left = useSecondsLeft(waitingFor.until);
  const show = async () => {
    gone.value = false;
    const tab = await browser.tabs.update(waitingFor.tabId, { active: true }).catch(() => null);
    gone.value = tab === null;
    if (tab?.windowId !== undefined) await browser.windows?.update(tab.windowId, { focused: true });
  };
  return (
    <section class="pause" aria-labelledby="pause-title" data-waiting={waitingFor.kind}>
      <h2 id="pause-title">{say('pause.person_title')}</h2>
      <p>
        <HostName host={waitingFor.host} /> {say('pause.person_what', [String(hop)])}
      </p>
      <button type="button" class="primary" id="show-tab" onClick={show}>
        {say('pause.show_tab')}
      </button>
      {gone.value ? <p role="alert">{say('pause.tab_gone')}</p> : null}
      <p class="small dim num">{say('pause.person_left', [spell(left)])}</p>
    </section>
  );
}

/** Minutes and seconds: 7:05. */
function spell(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
