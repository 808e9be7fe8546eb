import './form.css';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { askBackground } from '../../runner/ask-background.ts';
import { type ManagedBackend, readManagedBackend } from '../../runner/managed-backend.ts';
import type { Problem } from '../../runner/messages.ts';
import { readPolicy, watchPolicy } from '../../runner/settings.ts';
import { InspectLink } from '../inspect/inspect-link.tsx';
import {
  completeLine,
  crossesInClear,
  isElsewhere,
  isLoopbackPattern,
  originOfLine,
} from '../pairing-line.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import { ChosenBackend } from './chosen-backend.tsx';

/** The first thing a new installation shows: one line to paste, one button. An administrator's backend needs its key alone. */
export function PairingCard({ problem = null }: { problem?: Problem | null }) {
  const chosen = useSignal<ManagedBackend | null | undefined>(undefined);
  useEffect(() => {
    const read = async () => {
      chosen.value = readManagedBackend(await readPolicy());
    };
    read();
    return watchPolicy(read);
  }, []);
  // Nothing is drawn before it is known: a card that grows under the pointer would be a jump.
  return chosen.value === undefined ? null : <PairingForm chosen={chosen.value} problem={problem} />;
}

function PairingForm({ chosen, problem: given }: { chosen: ManagedBackend | null; problem: Problem | null }) {
  const offered = chosen?.state === 'offered' ? chosen.url : null;
  const line = useSignal('');
  const asking = useSignal(false);
  const problem = useSignal<Problem | null>(given);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);

  const connect = async (event: Event) => {
    event.preventDefault();
    // Nothing may be awaited before the permission is asked for: the browser counts the click only until then.
    const complete = completeLine(line.value, offered);
    const allowed = await allowOrigin(complete);
    asking.value = true;
    const reply = allowed
      ? await askBackground({ type: 'pair', line: complete })
      : ({ ok: false, problem: { code: 'host_permission_missing', detail: null } } as const);
    asking.value = false;
    problem.value = reply.ok ? null : reply.problem;
    if (!reply.ok) field.current?.focus();
  };
  return (
    <div class="body">
      <form class="pair" onSubmit={connect}>
        <h2>{say('pair.title')}</h2>
        {chosen ? <ChosenBackend chosen={chosen} /> : null}
        <p class="dim">{say(offered ? 'pair.intro_chosen' : 'pair.intro')}</p>
        <div class="field">
          <label for="pairing-line">{say(offered ? 'pair.field_chosen' : 'pair.field')}</label>
          <div class="input">
            <input
              id="pairing-line"
              ref={field}
              type="text"
              class="mono"
              autocomplete="off"
              spellcheck={false}
              placeholder={say(offered ? 'pair.example_chosen' : 'pair.example')}
              aria-invalid={problem.value !== null}
              value={line.value}
              onInput={(typed) => {
                line.value = typed.currentTarget.value;
              }}
            />
          </div>
        </div>
        {problem.value ? <ProblemNote problem={problem.value} /> : null}
        {problem.value?.code === 'backend_unreachable' && isElsewhere(line.value) ? (
          <p class="small dim" id="pair-reach">
            {say('pair.reach')}
          </p>
        ) : null}
        <button type="submit" class="primary" id="connect" disabled={asking.value}>
          {say(asking.value ? 'pair.connecting' : 'pair.connect')}
        </button>
        <p class="small dim">{say('pair.promise')}</p>
        <InspectLink say="inspect.without_backend" />
      </form>
    </div>
  );
}

/** A line that is unreadable or not safe goes to the background all the same: it has the sentence for it, and asks nobody. */
async function allowOrigin(line: string): Promise<boolean> {
  const origin = originOfLine(line);
  if (!origin || isLoopbackPattern(origin) || crossesInClear(line)) return true;
  return browser.permissions.request({ origins: [origin] }).catch(() => false);
}
