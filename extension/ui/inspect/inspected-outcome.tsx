import '../verdict/verdict-card.css';
import type { Inspected } from '../../runner/inspected.ts';
import { urlParts } from '../detail/url-parts.ts';
import { EvidenceLine } from '../verdict/evidence-line.tsx';
import { operatorWords } from '../verdict/operator-words.ts';
import { verdictWords } from '../verdict/verdict-words.ts';
import { say } from '../words.ts';

const ICONS = { good: '✓', note: '≠', bad: '✕', warn: '!' };

/** What the chain came to. It claims nothing of the legs that nobody walked. */
export function InspectedOutcome({ inspected }: { inspected: Inspected }) {
  const { run } = inspected;
  const words = wordsOf(inspected);
  const said = operatorWords(run.failure);
  return (
    <section
      class={`verdict ${words.tone}`}
      data-inspected={run.failure?.code ?? run.chainEnd?.kind}
      aria-labelledby="verdict-sentence"
    >
      <h2 id="verdict-sentence">
        <span class="sign" aria-hidden="true">
          {ICONS[words.tone]}
        </span>
        {words.sentence}
      </h2>
      {words.what ? <p>{words.what}</p> : null}
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
      <p class="small dim">{say('inspect.by_itself')}</p>
    </section>
  );
}

function wordsOf({ run, named }: Inspected): ReturnType<typeof verdictWords> {
  if (run.verdict === null || run.verdict !== 'unknown')
    return verdictWords(run, run.verdict ?? 'interrupted');
  const sentence = say(named ? 'inspect.code' : 'inspect.stopped');
  const what = say('inspect.code_what', [urlParts(run.chainEnd?.url ?? '').host]);
  return { tone: 'good', sentence, what, seen: null, cure: null };
}
