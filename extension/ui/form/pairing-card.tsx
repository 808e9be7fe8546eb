import './form.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import browser from 'webextension-polyfill';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { InspectLink } from '../inspect/inspect-link.tsx';
import { isLoopbackPattern, originOfLine } from '../pairing-line.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';

/** The first thing a new installation shows: one line to paste, one button. */
export function PairingCard({ problem: given = null }: { problem?: Problem | null }) {
  const line = useSignal('');
  const asking = useSignal(false);
  const problem = useSignal<Problem | null>(given);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const connect = async (event: Event) => {
    event.preventDefault();
    // Nothing may be awaited before the permission is asked for: the browser counts the click only until then.
    const allowed = await allowOrigin(line.value);
    asking.value = true;
    const reply = allowed
      ? await askBackground({ type: 'pair', line: line.value.trim() })
      : ({ ok: false, problem: { code: 'host_permission_missing', detail: null } } as const);
    asking.value = false;
    problem.value = reply.ok ? null : reply.problem;
    if (!reply.ok) field.current?.focus();
  };
  return (
    <div class="body">
      <form class="pair" onSubmit={connect}>
        <h2>{say('pair.title')}</h2>
        <p class="dim">{say('pair.intro')}</p>
        <div class="field">
          <label for="pairing-line">{say('pair.field')}</label>
          <div class="input">
            <input
              id="pairing-line"
              ref={field}
              type="text"
              class="mono"
              autocomplete="off"
              spellcheck={false}
              placeholder={say('pair.example')}
              aria-invalid={problem.value !== null}
              value={line.value}
              onInput={(typed) => {
                line.value = typed.currentTarget.value;
              }}
            />
          </div>
        </div>
        {problem.value ? <ProblemNote problem={problem.value} /> : null}
        <button type="submit" class="primary" id="connect" disabled={asking.value}>
          {say(asking.value ? 'pair.connecting' : 'pair.connect')}
        </button>
        <p class="small dim">{say('pair.promise')}</p>
        <InspectLink />
      </form>
    </div>
  );
}

/** An unreadable line goes to the background all the same: it has the sentence for it. */
async function allowOrigin(line: string): Promise<boolean> {
  const origin = originOfLine(line);
  if (!origin || isLoopbackPattern(origin)) return true;
  return browser.permissions.request({ origins: [origin] }).catch(() => false);
}
