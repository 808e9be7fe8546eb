import './conditions.css';
import type { RefObject } from 'preact';

import { conditionsOf } from '../../runner/conditions.ts';
import { say } from '../words.ts';
import { passingWords, spanWords, statedWords, valueWords } from './condition-words.ts';
import { conditionsDoubt, confirmConditions, keptConditions, observedNow } from './conditions-state.ts';
import { useNow } from './use-now.ts';

interface Shown {
  row: RefObject<HTMLButtonElement | null>;
  /** Where Run leads while the question is open. */
  yes: RefObject<HTMLButtonElement | null>;
  onEdit: () => void;
  /** The question was answered: on to Run. */
  onAnswered: () => void;
}

/** What the next run is made under, on one line; and the question whether it still holds, where that is in doubt. */
export function ConditionsRow({ row, yes, onEdit, onAnswered }: Shown) {
  const now = useNow();
  const kept = keptConditions();
  const doubt = conditionsDoubt(now);
  const told = rowWords();

  const confirm = async () => {
    await confirmConditions();
    onAnswered();
  };
  return (
    <div class="field conditions">
      <span class="label" id="conditions-label">
        {say('conditions.label')}
        {kept ? <span class="age"> · {ageOf(kept.at, now)}</span> : null}
      </span>
      <button
        type="button"
        class={`conditions-row ${doubt ? 'doubt' : ''}`}
        id="conditions"
        ref={row}
        aria-haspopup="dialog"
        aria-labelledby="conditions-label conditions-told"
        title={told}
        onClick={onEdit}
      >
        <span class="told" id="conditions-told">
          {told}
        </span>
        <span aria-hidden="true">▸</span>
      </button>
      {doubt && kept ? (
        <div class="still" data-doubt={doubt}>
          <span id="conditions-question" title={say(`doubt.${doubt}`)}>
            {say('conditions.still', [passingWords(kept.stated).join(', ')])}
          </span>
          <button
            type="button"
            class="still-answer"
            id="conditions-yes"
            ref={yes}
            aria-describedby="conditions-question"
            onClick={confirm}
          >
            {say('conditions.yes')}
          </button>
          <button type="button" class="still-answer" id="conditions-change" onClick={onEdit}>
            {say('conditions.change')}
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** What was said; and the bearer where the browser sees it and nobody said anything. */
function rowWords(): string {
  const kept = keptConditions();
  const { bearer } = conditionsOf(kept, observedNow(), Date.now());
  const seen =
    bearer?.basis === 'observed' ? [say('conditions.seen', [valueWords('bearer', bearer.value)])] : [];
  const words = [...statedWords(kept?.stated ?? {}), ...seen];
  return words.length > 0 ? words.join(' · ') : say('conditions.none');
}

function ageOf(at: number, now: number): string {
  const span = spanWords(now - at);
  return span ? say('conditions.stated_ago', [span]) : say('conditions.stated_now');
}
