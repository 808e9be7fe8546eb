import './verdict-card.css';
import type { Run, Verdict } from '#protocol/run.ts';

import { asExpected } from '#protocol/run-reading.ts';
import { sayCount, spellCount, spellMs } from '../counts.ts';
import { DoctorButton } from '../doctor/doctor-button.tsx';
import { hasDoctor } from '../doctor/doctor-state.ts';
import { runInTab, starting } from '../run-actions.ts';
import { say } from '../words.ts';
import { checksOfRun, countChecks } from './check-count.ts';
import { EXPECTED_ICONS } from './expected-icons.ts';
import { VerdictTold } from './verdict-told.tsx';
import { verdictWords } from './verdict-words.ts';

interface Shown {
  run: Run;
  verdict: Verdict;
  axisMs: number;
  /** A kept run is looked at; what can be done right after a run is not offered. */
  readOnly?: boolean;
}

/** What happened, whose it is, how sure we are, and what to do now. */
export function VerdictCard({ run, verdict, axisMs, readOnly = false }: Shown) {
  const words = verdictWords(run, verdict);
  return (
    <section class={`verdict ${words.tone}`} data-verdict={verdict} aria-labelledby="verdict-sentence">
      <VerdictTold run={run} words={words}>
        <Chips run={run} axisMs={axisMs} />
      </VerdictTold>
      {hasDoctor(run) && !readOnly ? <DoctorButton run={run} /> : null}
      {run.capture === 'fetch' && run.chainEnd?.kind === 'page' && !readOnly ? <RunInTab run={run} /> : null}
    </section>
  );
}

/** A page is for a person, and in a tab one can act on it. */
function RunInTab({ run }: { run: Run }) {
  return (
    <button
      type="button"
      class="secondary"
      id="run-in-tab"
      disabled={starting.value}
      onClick={() => runInTab(run)}
    >
      {say('run.in_tab')}
    </button>
  );
}

/** A match is told by its numbers, a failure by who owns it and how sure that is. */
function Chips({ run, axisMs }: { run: Run; axisMs: number }) {
  const expected = asExpected(run);
  const blame = run.verdict === 'failed' || run.verdict === 'no_match' || run.verdict === 'unknown';
  const facts = blame && run.cause ? blameOf(run.cause) : numbersOf(run, axisMs);
  return (
    <ul class="chips">
      <li class={`chip ${expected}`} data-expected={expected}>
        <span aria-hidden="true">{EXPECTED_ICONS[expected]} </span>
        {expectedWords(run)}
      </li>
      {run.capture === 'fetch' ? null : <li class="chip soft">{say(`capture.${run.capture}`)}</li>}
      {facts.map((fact) => (
        <li key={fact} class="chip soft">
          {fact}
        </li>
      ))}
    </ul>
  );
}

/** A run that had to end badly says so: without it, red beside "as expected" would be a riddle. */
function expectedWords(run: Run): string {
  const words = say(`expected.${asExpected(run)}`);
  return run.expectation === 'match'
    ? words
    : say('chip.expected', [words, say(`must_end.${run.expectation}`)]);
}

/** Who has to act, and through whom it came about where that is somebody else. */
function ownerWords({ owner, mechanism }: NonNullable<Run['cause']>): string {
  const act = say('chip.owner', [say(`owner.${owner}`)]);
  const through = mechanism !== null && mechanism !== owner;
  return through ? `${act} · ${say('chip.mechanism', [say(`owner.${mechanism}`)])}` : act;
}

function blameOf(cause: NonNullable<Run['cause']>): string[] {
  return [
    ownerWords(cause),
    say('chip.seen', [say(`confidence.${cause.seen}`)]),
    say('chip.cause', [say(`confidence.${cause.confidence}`)]),
  ];
}

function numbersOf(run: Run, axisMs: number): string[] {
  const hops = run.hops.filter((hop) => hop.madeBy === 'network').length;
  const checks = checksOfRun(run);
  const count = countChecks(checks);
  // The evidence that it was the network that recognised the SIM.
  const amr = checks.find((check) => check.name === 'amr')?.actual;
  return [
    // No hop was seen of what another device walked: that is not none.
    run.capture === 'handoff' ? say('chip.hops_unseen') : sayCount('chip.hops', hops, [spellMs(axisMs)]),
    ...(count.passed > 0 ? [say('chip.passed', [spellCount(count.passed)])] : []),
    ...(count.warned > 0 ? [say('chip.warned', [spellCount(count.warned)])] : []),
    ...(count.not_checked > 0 ? [say('chip.not_checked', [spellCount(count.not_checked)])] : []),
    ...(amr ? [`amr ${amr}`] : []),
  ];
}
