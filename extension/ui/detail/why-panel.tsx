import type { Check } from '#protocol/check.ts';
import type { Failure } from '#protocol/failure.ts';
import type { Run } from '#protocol/run.ts';
import type { Row } from '../chain/chain-rows.ts';
import { operatorWords } from '../verdict/operator-words.ts';
import { failureWords, say } from '../words.ts';
import { CheckList } from './check-list.tsx';
import { noRequestWords } from './no-request-words.ts';

/** Why this row is there, what is worth knowing about it, and what was checked on it. */
export function WhyPanel({ row, run, checks }: { row: Row; run: Run; checks: readonly Check[] }) {
  return (
    <>
      {run.failure && failureBelongsTo(row, run) ? <FailureFacts failure={run.failure} /> : null}
      <Explained row={row} run={run} />
      {checks.length > 0 ? <CheckList checks={checks} leg={legOfRow(row)} /> : null}
    </>
  );
}

/** What failed, whether pressing again can help, and what became of the code. */
function FailureFacts({ failure }: { failure: Failure }) {
  const said = operatorWords(failure);
  return (
    <>
      <p class="remark bad">{failureWords(failure.code)}</p>
      {said ? <p class="mono told-in-full">{said}</p> : null}
      <ul class="chips">
        <li class="chip soft" data-retry={failure.retry}>
          {say(`retry.${failure.retry}`)}
        </li>
        <li class="chip soft" data-code-spent={failure.codeSpent}>
          {say(`code_spent.${failure.codeSpent}`)}
        </li>
      </ul>
    </>
  );
}

function Explained({ row, run }: { row: Row; run: Run }) {
  if (row.kind === 'leg') return row.leg.checks.length === 0 ? <p class="dim">{outcomeWords(row)}</p> : null;
  if (row.kind === 'end') {
    return row.end.kind === 'callback' ? <p>{noRequestWords(run)}</p> : null;
  }
  const notes = row.kind === 'hop' ? row.hop.notes : [];
  return (
    <>
      <p>{say(`role_why.${row.hop.role}`)}</p>
      {notes.map((note) => (
        <p key={note}>{say(`note_why.${note}`)}</p>
      ))}
    </>
  );
}

function outcomeWords(row: Extract<Row, { kind: 'leg' }>): string {
  return row.leg.outcome === 'not_run' ? say('detail.not_run') : say('detail.not_yet');
}

function failureBelongsTo(row: Row, { failure }: Run): boolean {
  if (row.kind === 'hop') return failure?.hop === row.hop.index;
  if (row.kind === 'leg') return failure?.leg === row.leg.name;
  return row.kind === 'end' && failure?.leg === 'authorize' && failure.hop === null;
}

/** Leg 1 is judged in the row where it ends. */
function legOfRow(row: Row): string {
  return row.kind === 'leg' ? row.leg.name : 'authorize';
}
