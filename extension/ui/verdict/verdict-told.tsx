import type { ComponentChildren } from 'preact';
import type { Run } from '#protocol/run.ts';

import { say } from '../words.ts';
import { EvidenceLine } from './evidence-line.tsx';
import { operatorWords } from './operator-words.ts';
import type { verdictWords } from './verdict-words.ts';

interface Told {
  run: Run;
  words: ReturnType<typeof verdictWords>;
  /** Between the sentence and the facts. */
  children?: ComponentChildren;
}

const ICONS = { good: '✓', note: '≠', bad: '✕', warn: '!' };

/** The sentence, what was seen, what the operator said, the evidence, and what to do now. */
export function VerdictTold({ run, words, children }: Told) {
  const said = operatorWords(run.failure);
  return (
    <>
      <h2 id="verdict-sentence">
        <span class="sign" aria-hidden="true">
          {ICONS[words.tone]}
        </span>
        {words.sentence}
      </h2>
      {words.what ? <p>{words.what}</p> : null}
      {children}
      {words.seen || said || words.cure || run.cause?.evidence.length ? (
        <dl>
          {words.seen ? (
            <>
              <dt>{say('card.happened')}</dt>
              <dd title={run.failure?.code}>{words.seen}</dd>
            </>
          ) : null}
          {said ? (
            <>
              <dt>{say('card.operator_said')}</dt>
              <dd class="mono said" title={said}>
                {said}
              </dd>
            </>
          ) : null}
          <EvidenceLine run={run} />
          {words.cure ? (
            <>
              <dt class="now">{say('card.now')}</dt>
              <dd class="now">{words.cure}</dd>
            </>
          ) : null}
        </dl>
      ) : null}
    </>
  );
}
