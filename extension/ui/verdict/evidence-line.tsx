import type { Evidence } from '#protocol/diagnosis/cause.ts';
import type { Run } from '#protocol/run.ts';

import { END_ROW, hopRowId, legRowId } from '../chain/chain-rows.ts';
import { MaskedText } from '../detail/masked-text.tsx';
import { type DetailTab, jumpToRow } from '../detail/open-row.ts';
import { say } from '../words.ts';
import { operatorWords, withoutWords } from './operator-words.ts';

/** The card has room for what tells most; all of it is in the rows. */
const SHOWN = 2;

/** What the diagnosis rests on, each a link to the row it was seen in. */
export function EvidenceLine({ run }: { run: Run }) {
  const evidence = run.cause?.evidence.slice(0, SHOWN) ?? [];
  if (evidence.length === 0) return null;
  return (
    <>
      <dt>{say('card.evidence')}</dt>
      <dd>
        {evidence.map((one, at) => (
          <EvidenceLink key={at} evidence={one} run={run} />
        ))}
      </dd>
    </>
  );
}

function EvidenceLink({ evidence, run }: { evidence: Evidence; run: Run }) {
  const { row, tab } = targetOf(evidence);
  const open = (event: Event) => {
    event.preventDefault();
    jumpToRow(row, tab);
  };
  return (
    <span class="evidence">
      <a href={`#${row}`} onClick={open}>
        {wordsOf(evidence, run)}
      </a>{' '}
      <span class="mono">
        <MaskedText text={withoutWords(evidence.detail, operatorWords(run.failure))} />
      </span>
    </span>
  );
}

function targetOf({ at, leg, hop }: Evidence): { row: string; tab: DetailTab } {
  if (at === 'hop' && hop !== null) return { row: hopRowId(hop), tab: 'response' };
  const row = leg === 'authorize' ? END_ROW : legRowId(leg);
  return { row, tab: at === 'exchange' ? 'response' : 'why' };
}

function wordsOf({ at, leg, hop, check }: Evidence, run: Run): string {
  if (at === 'hop' && hop !== null) {
    // What the browser did after a hop carries that hop's number.
    const between = run.hops.some((one) => one.index === hop && one.madeBy === 'browser');
    return say(between ? 'evidence.after_hop' : 'evidence.hop', [String(hop)]);
  }
  if (at === 'check' && check !== null) return say('evidence.check', [check]);
  if (at === 'exchange') return say('evidence.exchange', [say(`leg.${leg}`)]);
  return say('evidence.chain_end');
}
