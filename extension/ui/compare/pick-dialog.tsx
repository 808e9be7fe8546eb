import './pick-dialog.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RunSummary } from '#protocol/history-api.ts';

import { askBackground } from '../../runner/ask-background.ts';
import type { Problem } from '../../runner/messages.ts';
import { Dialog } from '../history/dialog.tsx';
import { circumstancesOf, rowWords } from '../history/row-words.ts';
import { momentOf } from '../history/run-times.ts';
import { SearchField } from '../history/search-field.tsx';
import { hrefOf } from '../inspector/route.ts';
import { ProblemNote } from '../problem-note.tsx';
import { say } from '../words.ts';
import type { Side } from './choose-sides.ts';
import { ReferenceMark } from './reference-mark.tsx';

const LISTED = 20;

interface Shown {
  /** The side that another run is to take. */
  side: 'reference' | 'run';
  run: Side;
  reference: Side | null;
  onClose: () => void;
}

/** The newest runs of the profile, or those that a search finds, as links to the comparison with each. */
export function PickDialog({ side, run, reference, onClose }: Shown) {
  const { profile } = run.run;
  const text = useSignal('');
  const found = useSignal<RunSummary[] | null>(null);
  const problem = useSignal<Problem | null>(null);
  useEffect(() => {
    let current = true;
    const filter = { profile: profile.id, ...(text.value ? { text: text.value } : {}) };
    askBackground({ type: 'list_runs', filter, cursor: null, limit: LISTED }).then((reply) => {
      if (!current) return;
      problem.value = reply.ok ? null : reply.problem;
      if (reply.ok) found.value = reply.value.runs;
    });
    return () => {
      current = false;
    };
  }, [text.value]);
  const shown = [run.run.id, reference?.run.id];
  const others = found.value?.filter(({ id }) => !shown.includes(id));
  return (
    <Dialog id="pick-dialog" title={say(`compare.choose_other_${side}`)} onClose={onClose}>
      <SearchField
        text={text.value}
        onText={(words) => {
          text.value = words;
        }}
      />
      {problem.value ? <ProblemNote problem={problem.value} /> : null}
      <ul
        class="pick-list"
        aria-label={say('compare.pick_list', [profile.name])}
        aria-busy={found.value === null}
      >
        {others?.map((line) => (
          <li key={line.id}>
            <PickRow line={line} href={hrefTo(line.id, { side, run, reference })} onClick={onClose} />
          </li>
        ))}
        {found.value === null && !problem.value ? <li class="dim">{say('compare.pick_loading')}</li> : null}
        {others?.length === 0 ? <li class="dim">{say('compare.pick_none')}</li> : null}
      </ul>
      <div class="dialog-choices">
        <button type="button" class="secondary" id="close-pick" onClick={onClose}>
          {say('compare.pick_close')}
        </button>
      </div>
    </Dialog>
  );
}

function hrefTo(id: string, { side, run, reference }: Omit<Shown, 'onClose'>): string {
  return side === 'reference'
    ? hrefOf({ page: 'compare', runId: run.run.id, referenceId: id })
    : hrefOf({ page: 'compare', runId: id, referenceId: reference?.run.id ?? null });
}

function PickRow({ line, href, onClick }: { line: RunSummary; href: string; onClick: () => void }) {
  const { tone, icon, word, title } = rowWords(line);
  const about = [
    ...(line.origin === 'live' ? [] : [say(`origin.${line.origin}`)]),
    ...(line.scenario ? [line.scenario] : []),
    ...circumstancesOf(line),
  ].join(' · ');
  return (
    <a class={`pick-row ${tone}`} href={href} data-pick={line.id} onClick={onClick}>
      <span class="sign" aria-hidden="true">
        {icon}
      </span>
      <span class="told">
        <b>{word}</b> · {title} <ReferenceMark run={line} />
      </span>
      <span class="dim small">
        <span class="num">{momentOf(line)}</span>
        {about ? ` · ${about}` : ''}
      </span>
    </a>
  );
}
