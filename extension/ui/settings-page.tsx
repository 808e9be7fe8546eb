import './form/form.css';
import './tokens.css';
import './chips.css';
import './controls.css';
import './frame.css';
import './touch.css';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';

import type { ReplyValues } from '../runner/replies.ts';
import { followSettings, settings } from './backend-watch.ts';
import { ConnectedCard, UnpairedNote } from './connected-card.tsx';
import { PairingCard } from './form/pairing-card.tsx';
import { forgetNumber } from './form/remember-number.tsx';
import { Mark } from './icons.tsx';
import { KeyboardCard } from './keyboard-card.tsx';
import { nameDocument } from './name-document.ts';
import { ProfileList } from './profile-check/profile-list.tsx';
import { say } from './words.ts';

/** Which backend, whether a number is kept, which version. Everything else belongs to a run. */
export function SettingsPage() {
  useEffect(followSettings, []);
  useLayoutEffect(() => nameDocument(say('options.title')), []);
  const known = settings.value;
  const unpaired = useSignal<ReplyValues['unpair']['key'] | null>(null);
  return (
    <div class="frame in-tab settings">
      <header class="bar">
        <Mark />
        <h1>{say('options.title')}</h1>
      </header>
      <main>
        {known?.backend ? (
          <ConnectedCard
            url={known.backend.url}
            onUnpaired={(key) => {
              unpaired.value = key;
            }}
          />
        ) : null}
        {known && !known.backend && unpaired.value ? (
          <div class="body">
            <UnpairedNote what={unpaired.value} />
          </div>
        ) : null}
        {known && !known.backend ? <PairingCard /> : null}
        {known?.backend ? <ProfileList /> : null}
        {known ? <NumberKept remembered={known.rememberedNumber !== null} /> : null}
        <KeyboardCard />
        <section class="body card">
          <h2>{say('options.about')}</h2>
          <p class="dim">{say('app.name')}</p>
          <p class="dim num">{say('options.version', [browser.runtime.getManifest().version])}</p>
        </section>
      </main>
    </div>
  );
}

function NumberKept({ remembered }: { remembered: boolean }) {
  return (
    <section class="body card">
      <h2>{say('options.number')}</h2>
      <p class="dim">{say(remembered ? 'options.number_kept' : 'options.number_not_kept')}</p>
      <button type="button" class="secondary" id="forget" onClick={forgetNumber} disabled={!remembered}>
        {say('options.forget')}
      </button>
    </section>
  );
}
