import type { CleanStartChoice } from '#protocol/clean-start.ts';
import type { Profile } from '#protocol/profile.ts';

import { isFirefox } from '../../runner/browser-kind.ts';
import { writeSettings } from '../../runner/settings.ts';
import { settings } from '../backend-watch.ts';
import { Choice } from '../form/choice.tsx';
import { inPopup, openInspector } from '../in-popup.ts';
import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';
import { askForCookies, useCookieAccess } from './cookie-access.ts';

const CHOICES: CleanStartChoice[] = ['received', 'all', 'off'];

/** Which cookies go before a run, and what that means for the person. */
export function CleanStartField({ profile }: { profile: Profile }) {
  const chosen = settings.value?.cleanStart ?? 'received';
  const choose = (value: string) => {
    const cleanStart = CHOICES.find((one) => one === value) ?? 'received';
    if (settings.value) settings.value = { ...settings.value, cleanStart };
    void writeSettings({ cleanStart });
  };
  return (
    <>
      <Choice
        id="clean-start"
        label={say('clean.label')}
        value={chosen}
        options={CHOICES.map((one) => ({ value: one, label: say(`clean_choice.${one}`) }))}
        about={say(`clean_what.${chosen}`)}
        onChoose={choose}
      />
      {chosen === 'off' ? null : <CookieAccess profileId={profile.id} />}
    </>
  );
}

/** Only where the browser puts a question to the person. In the popup it leads to a tab, which outlives the question. */
export function CookieAccess({ profileId }: { profileId: string }) {
  const allowed = useCookieAccess();
  if (!isFirefox || allowed !== false) return null;
  const ask = () => (inPopup() ? openInspector(hrefOf({ page: 'hosts', profileId })) : askForCookies());
  return (
    <p class="cookie-access">
      <span class="small">{say('clean.not_allowed')}</span>
      <button type="button" class="secondary" id="allow-cookies" onClick={ask}>
        {say(inPopup() ? 'hosts.offer' : 'clean.allow')}
      </button>
    </p>
  );
}
