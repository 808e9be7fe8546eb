import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import browser from 'webextension-polyfill';
import { isWalkable } from '#protocol/lint/lint-url.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Inspected } from '../../runner/inspected.ts';
import type { Problem } from '../../runner/messages.ts';
import { hrefOf } from '../inspector/route.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';

interface Shown {
  text: string;
  shown: Inspected | null;
  onText: (text: string) => void;
  onStarted: () => void;
}

/** Where the URL goes in. It stays in this page: what is kept and shown below was redacted before. */
export function InspectForm({ text, shown, onText, onStarted }: Shown) {
  const problem = useSignal<Problem | null>(null);
  const denied = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const walking = shown?.stage === 'walking';

  const walk = async (event: Event) => {
    event.preventDefault();
    if (walking || !isWalkable(text)) return field.current?.focus();
    // Nothing may be awaited before this line: the browser counts the click only until then.
    const granted = await allowFirstHost(text);
    denied.value = !granted;
    if (!granted) return;
    const reply = await askBackground({ type: 'inspect', url: text.trim() });
    problem.value = reply.ok ? null : reply.problem;
    if (reply.ok) onStarted();
  };
  return (
    <form class="inspect-form" onSubmit={walk}>
      <label for="inspect-url">{say('inspect.field')}</label>
      <textarea
        id="inspect-url"
        ref={field}
        class="mono"
        rows={4}
        autocomplete="off"
        spellcheck={false}
        placeholder={say('inspect.example')}
        value={text}
        onInput={(typed) => onText(typed.currentTarget.value)}
        onKeyDown={(event) => {
          // A URL has one line, so Enter means what it means in every other field.
          if (event.key === 'Enter' && !event.shiftKey) void walk(event);
        }}
      />
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      {denied.value ? (
        <p class="denied" role="alert">
          {say('inspect.denied')}
        </p>
      ) : null}
      <div class="inspect-actions">
        <button type="submit" class="primary" id="walk" disabled={walking || !isWalkable(text)}>
          {say(walking ? 'inspect.busy' : shown && text ? 'inspect.walk_again' : 'inspect.walk')}
        </button>
        {walking ? (
          <button
            type="button"
            class="secondary"
            id="cancel-inspection"
            onClick={() => askBackground({ type: 'cancel' })}
          >
            {say('run.cancel')}
          </button>
        ) : null}
      </div>
      <p class="small dim">
        {say('inspect.promise')}{' '}
        <a class="link" id="to-hosts" href={hrefOf({ page: 'hosts', profileId: null })}>
          {say('inspect.hosts')}
        </a>
      </p>
    </form>
  );
}

/** Every later host is asked about when the chain leads there. */
function allowFirstHost(text: string): Promise<boolean> {
  const { protocol, hostname } = new URL(text.trim());
  return browser.permissions.request({ origins: [`${protocol}//${hostname}/*`] }).catch(() => false);
}
