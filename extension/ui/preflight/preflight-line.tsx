import './preflight.css';
import type { Profile } from '#protocol/profile.ts';

import { isFirefox } from '../../runner/browser-kind.ts';
import { isPhone } from '../../runner/observed.ts';
import { settings } from '../backend-watch.ts';
import { observedNow } from '../conditions/conditions-state.ts';
import { hostsToAllow } from '../hosts/host-access.ts';
import { missingOf, useHostStates } from '../hosts/use-host-states.ts';
import { say } from '../words.ts';
import { CleanStartField } from './clean-start-field.tsx';
import { useCookieAccess } from './cookie-access.ts';
import { httpHostOf, type PreflightRow, preflightRows } from './preflight-rows.ts';
import { usePreflight } from './preflight-state.ts';
import { briefly, hint, rowWords } from './preflight-words.ts';

const SIGNS: Record<PreflightRow['level'], string> = { good: '✓', bad: '!', unknown: '·' };

/** One quiet line above Run on what was seen of this browser, and on demand all of it, with how it is known. */
export function PreflightLine({ profile }: { profile: Profile }) {
  const hosts = hostsToAllow(profile);
  const states = useHostStates(hosts);
  const httpHost = httpHostOf(profile, settings.value?.httpHosts[profile.id]);
  const { preflight, looking, lookAgain } = usePreflight(profile, httpHost);
  // Drawn anew when the browser says that it went on or off.
  const { connection } = observedNow();
  const rows = preflightRows(
    {
      online: navigator.onLine,
      phone: isPhone(),
      connection,
      hosts: states ? { all: hosts.length, missing: missingOf(states).length } : null,
      httpHost,
    },
    preflight,
  );
  const wrong = rows.some(({ level }) => level === 'bad');
  const parts = [...briefly(rows), ...useCleanStartBrief(), hint(profile.simulator !== null)];
  return (
    <details
      class="preflight"
      id="preflight"
      data-preflight={preflight ? (wrong ? 'wrong' : 'quiet') : 'looking'}
    >
      <summary class="quiet">
        <i class={`dot ${preflight ? (wrong ? 'wrong' : '') : 'looking'}`} aria-hidden="true" />
        <span aria-live="polite">{parts.join(' · ')}</span>
      </summary>
      <ul class="preflight-rows" aria-label={say('preflight_page.list')}>
        {rows.map((row) => (
          <li key={row.name} class={row.level} data-seen={row.name} data-code={row.code}>
            <span class="sign" aria-hidden="true">
              {SIGNS[row.level]}
            </span>
            <span>
              <b>{say(`preflight_row.${row.name}`)}</b> {rowWords(row)}
            </span>
          </li>
        ))}
      </ul>
      <div class="again">
        <button
          type="button"
          class="secondary small-control"
          id="look-again"
          disabled={looking}
          onClick={lookAgain}
        >
          {say(looking ? 'preflight_page.looking' : 'preflight_page.again')}
        </button>
        {httpHost ? <span class="small dim">{say('preflight_page.asks', [httpHost])}</span> : null}
      </div>
      <CleanStartField profile={profile} />
    </details>
  );
}

/** Worth a word in the line only where a run does not start as clean as it could. */
function useCleanStartBrief(): string[] {
  const allowed = useCookieAccess();
  const chosen = settings.value?.cleanStart ?? 'received';
  if (chosen !== 'received') return [say(`clean_short.${chosen}`)];
  return isFirefox && allowed === false ? [say('clean_short.not_allowed')] : [];
}
