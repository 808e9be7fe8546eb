import './reference-note.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import browser from 'webextension-polyfill';
import type { HeldAgainst } from '#protocol/compare/held-against.ts';
import type { Run } from '#protocol/run.ts';
import { askBackground } from '../../runner/ask-background.ts';
import { spellCount } from '../counts.ts';
import { hrefOf } from '../inspector/route.ts';
import { say } from '../words.ts';

interface Note {
  held: HeldAgainst;
  /** The comparison of both. */
  hash: string;
}

/**
 * Beside the heading of an ended run's chain: whether it went the way of its profile's reference, and where it left it.
 * Asked once, after everything else is on show; without an answer, or where there is nothing to say, nothing stands here.
 */
export function ReferenceNote({ run }: { run: Run }) {
  const note = useSignal<Note | null>(null);
  useEffect(() => {
    let current = true;
    askBackground({ type: 'read_reference', profileId: run.profile.id }).then(async (reply) => {
      const reference = reply.ok ? reply.value.run : null;
      if (!current || !reference) return;
      // Most profiles have no reference, and their runs need no comparing.
      const { heldAgainst } = await import('#protocol/compare/held-against.ts');
      const held = heldAgainst(reference, run);
      if (!current || !held) return;
      const hash = hrefOf({ page: 'compare', runId: run.id, referenceId: reference.id });
      note.value = { held, hash };
    });
    return () => {
      current = false;
    };
  }, []);
  return (
    <span class="reference-note" aria-live="polite">
      {note.value ? <NoteLink {...note.value} /> : null}
    </span>
  );
}

function NoteLink({ held, hash }: Note) {
  return (
    <a
      id="reference-note"
      class={held.differs ? 'differs' : 'alike'}
      href={hash}
      title={say('compare.line_opens')}
      onClick={(event) => {
        if (inInspector()) return;
        // The popup has no such page, and closes once a tab opens.
        event.preventDefault();
        browser.tabs.create({ url: browser.runtime.getURL(`/inspector.html${hash}`) });
      }}
    >
      <span aria-hidden="true">{held.differs ? '≠ ' : '= '}</span>
      {wordsOf(held)}
    </a>
  );
}

function wordsOf(held: HeldAgainst): string {
  if (!held.differs) return say('compare.line_alike');
  return say(held.after ? 'compare.line_differs_after' : 'compare.line_differs', [spellCount(held.hop)]);
}

function inInspector(): boolean {
  return location.pathname.endsWith('/inspector.html');
}
