import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { askBackground } from '../runner/ask-background.ts';
import type { Problem } from '../runner/messages.ts';
import type { ReplyValues } from '../runner/replies.ts';
import { settings } from './backend-watch.ts';
import { ExpiryNote } from './expiry-note.tsx';
import { ProblemNote } from './problem-note.tsx';
import { dayWords } from './spelling.ts';
import { say } from './words.ts';

type WhatBecame = ReplyValues['unpair']['key'];

/** Where the backend is, what the key may do there and until when, and the way to be rid of it. */
export function ConnectedCard({ url, onUnpaired }: { url: string; onUnpaired: (key: WhatBecame) => void }) {
  const problem = useSignal<Problem | null>(null);
  const asking = useSignal(false);
  useEffect(() => {
    askBackground({ type: 'access' }).then((reply) => {
      // That it is away is said where the profiles would be.
      if (!reply.ok && reply.problem.code === 'backend_refused_key') problem.value = reply.problem;
    });
  }, [url]);
  const unpair = async () => {
    if (asking.value) return;
    asking.value = true;
    const reply = await askBackground({ type: 'unpair' });
    asking.value = false;
    problem.value = reply.ok ? null : reply.problem;
    if (reply.ok) onUnpaired(reply.value.key);
  };
  const access = settings.value?.access ?? null;
  return (
    <section class="body card" id="connected">
      <h2>{say('options.backend')}</h2>
      <p>
        {say('options.connected_to')} <span class="mono address">{url}</span>
      </p>
      {access ? (
        <p id="paired-as" data-scope={access.scope}>
          {access.local ? say('options.paired_local') : say(`options.may_${access.scope}`, [access.label])}
          {access.expiresAt === null ? null : (
            <span class="dim">
              {' '}
              {say('options.valid_until', [dayWords(say('language'), access.expiresAt)])}
            </span>
          )}
        </p>
      ) : null}
      <ExpiryNote />
      <p class="small dim">{say(access?.local ? 'options.unpair_what_local' : 'options.unpair_what')}</p>
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      <button type="button" class="secondary" id="unpair" aria-disabled={asking.value} onClick={unpair}>
        {say(asking.value ? 'options.unpairing' : 'options.unpair')}
      </button>
    </section>
  );
}

/** What has become of the key, said where the backend stood. */
export function UnpairedNote({ what }: { what: WhatBecame }) {
  return (
    <p class={what === 'still_valid' ? 'banner' : 'banner quiet-banner'} role="status" data-unpaired={what}>
      {say(`options.unpaired_${what}`)}
    </p>
  );
}
