import '../run-view.css';
import './inspect.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { lintUrl } from '#protocol/lint/lint-url.ts';

import { openRow } from '../detail/open-row.ts';
import { say } from '../words.ts';
import { InspectForm } from './inspect-form.tsx';
import { followInspected, inspected } from './inspect-watch.ts';
import { InspectedView } from './inspected-view.tsx';
import { LintReport } from './lint-report.tsx';

/** For developers: any authorize URL, read for mistakes and walked, without a backend and without pairing. */
export function InspectPage() {
  const text = useSignal('');
  const folded = useSignal(false);
  useEffect(() => {
    openRow.value = null;
    return followInspected();
  }, []);
  const shown = inspected.value;
  const change = (typed: string) => {
    text.value = typed;
    folded.value = false;
  };
  return (
    <main class="in-tab inspect-page" data-stage={shown?.stage ?? 'none'}>
      <div class="inspect-intro">
        <h1>{say('inspect.title')}</h1>
        <p class="dim">{say('inspect.what')}</p>
        <InspectForm
          text={text.value}
          shown={shown ?? null}
          onText={change}
          onStarted={() => {
            openRow.value = null;
            folded.value = true;
          }}
        />
        {text.value.trim() ? (
          <LintReport
            findings={lintUrl(text.value)}
            folded={folded.value}
            onFold={(now) => {
              folded.value = now;
            }}
          />
        ) : null}
      </div>
      {shown ? <InspectedView inspected={shown} /> : null}
    </main>
  );
}
