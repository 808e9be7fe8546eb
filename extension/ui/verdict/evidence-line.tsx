import { useSignal } from '@preact/signals';
import type { Evidence } from '#protocol/diagnosis/cause.ts';
import type { Run } from '#protocol/run.ts';
import { END_ROW, hopRowId, legRowId } from '../chain/chain-rows.ts';
import { spellCount } from '../counts.ts';
import { checkId } from '../detail/check-list.tsx';
import { MaskedText } from '../detail/masked-text.tsx';
import { type DetailTab, jumpToRow } from '../detail/open-row.ts';
import { say } from '../words.ts';
import { evidenceWords } from './evidence-words.ts';
import { operatorWords, withoutWords } from './operator-words.ts';

/** The card has room for what tells most; the rest is one click away. */
const SHOWN = 2;

/** What the diagnosis rests on, each a link to the row it was seen in. */
export function EvidenceLine({ run }: { run: Run }) {
  const all = useSignal(false);
  const evidence = run.cause?.evidence ?? [];
  if (evidence.length === 0) return null;
  const shown = all.value ? evidence : evidence.slice(0, SHOWN);
  const hidden = evidence.length - shown.length;
  const showAll = () => {
    all.value = true;
  };
  return (
    <>
      <dt>{say('card.evidence')}</dt>
      <dd>
        {shown.map((one, at) => (
          <EvidenceLink key={at} evidence={one} run={run} />
        ))}
        {hidden > 0 ? (
          <button type="button" class="link small" id="more-evidence" onClick={showAll}>
            {say('evidence.more', [spellCount(hidden)])}
          </button>
        ) : null}
      </dd>
    </>
  );
}

function EvidenceLink({ evidence, run }: { evidence: Evidence; run: Run }) {
  const { row, tab, check } = targetOf(evidence);
  const open = (event: Event) => {
    event.preventDefault();
    jumpToRow(row, tab, check);
  };
  return (
    <span class="evidence">
      <a href={`#${row}`} onClick={open}>
        {evidenceWords(evidence, run)}
      </a>{' '}
      <span class="mono">
        <MaskedText text={withoutWords(evidence.detail, operatorWords(run.failure))} />
      </span>
    </span>
  );
}

function targetOf({ at, leg, hop, check }: Evidence): { row: string; tab: DetailTab; check?: string } {
  if (at === 'hop' && hop !== null) return { row: hopRowId(hop), tab: 'response' };
  const row = leg === 'authorize' ? END_ROW : legRowId(leg);
  if (at === 'check' && check !== null) return { row, tab: 'why', check: checkId(leg, check) };
  return { row, tab: at === 'exchange' ? 'response' : 'why' };
}
