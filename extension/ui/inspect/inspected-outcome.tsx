import '../verdict/verdict-card.css';
import type { Inspected } from '../../runner/inspected.ts';
import { urlParts } from '../detail/url-parts.ts';
import { VerdictTold } from '../verdict/verdict-told.tsx';
import { verdictWords } from '../verdict/verdict-words.ts';
import { say } from '../words.ts';

/** What the chain came to. It claims nothing of the legs that nobody walked. */
export function InspectedOutcome({ inspected }: { inspected: Inspected }) {
  const { run } = inspected;
  const words = wordsOf(inspected);
  return (
    <section
      class={`verdict ${words.tone}`}
      data-inspected={run.failure?.code ?? run.chainEnd?.kind}
      aria-labelledby="verdict-sentence"
    >
      <VerdictTold run={run} words={words} />
      {run.chainEnd?.kind === 'page' ? <p id="no-tab">{say('inspect.page')}</p> : null}
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
