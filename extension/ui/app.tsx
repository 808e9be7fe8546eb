import { useEffect, useLayoutEffect } from 'preact/hooks';

import { followSettings, settings } from './backend-watch.ts';
import { backgroundGone, watchBackground } from './background-watch.ts';
import { followConditions } from './conditions/conditions-state.ts';
import { PairingCard } from './form/pairing-card.tsx';
import { RunForm } from './form/run-form.tsx';
import { loadedLater } from './loaded-later.tsx';
import { nameDocument } from './name-document.ts';
import { PresentSwitch } from './present-switch.tsx';
import { followSeries } from './repeat/series-watch.ts';
import { RunFooter } from './run-footer.tsx';
import { RunView } from './run-view.tsx';
import { followSavedRun, savedRun } from './run-watch.ts';
import { TopBar } from './top-bar.tsx';
import { say } from './words.ts';

const BackgroundGone = loadedLater(async () => (await import('./background-gone.tsx')).BackgroundGone);

/** The whole of the popup and of the "New run" page: pairing, then the form, then the run. */
export function App({ place }: { place: 'popup' | 'tab' }) {
  useEffect(() => {
    const stops = [followSavedRun(), followSettings(), followConditions(), followSeries(), watchBackground()];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);

  const inPopup = place === 'popup';
  useLayoutEffect(() => {
    if (inPopup) nameDocument(null);
  }, []);
  const saved = savedRun.value;
  const title = inPopup ? say('app.name') : say('app.new_run');
  return (
    <div class={`frame in-${place}`}>
      <TopBar saved={saved ?? null} title={title} inPopup={inPopup}>
        {inPopup ? null : <PresentSwitch />}
      </TopBar>
      {/* Nothing is drawn before both are read: a form that turns into a run would be a jump. */}
      {saved === undefined || settings.value === undefined ? null : <Content />}
    </div>
  );
}

function Content() {
  const saved = savedRun.value;
  if (saved) {
    return (
      <>
        <RunView saved={saved} />
        <RunFooter saved={saved} />
      </>
    );
  }
  if (backgroundGone.value) {
    return (
      <main class="place">
        <div class="body">
          <BackgroundGone />
        </div>
      </main>
    );
  }
  return <main class="place">{settings.value?.backend ? <RunForm /> : <PairingCard />}</main>;
}
