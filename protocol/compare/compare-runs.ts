import type { Run } from '../run.ts';
import { type Aligned, align } from './align.ts';
import { compareHops } from './compare-hops.ts';
import { compareLegs } from './compare-legs.ts';
import { compareSettings } from './compare-settings.ts';
import { type Comparison, differing, type HopPair, type OutcomeDifference } from './comparison.ts';
import { addressOf } from './volatile.ts';

/** What is different in `run`, measured by `reference`: a known good run of that operator, or simply the one before. */
export function compareRuns(reference: Run, run: Run): Comparison {
  // Hops that another device walked were not seen, which is not to say that there were none.
  const hopsUnseen = reference.capture === 'handoff' || run.capture === 'handoff';
  const chain = hopsUnseen ? [] : align(reference.hops, run.hops).map(pairOf);
  return {
    settings: compareSettings(reference, run),
    chain,
    hopsUnseen,
    firstDivergence: divergenceIn(chain),
    upgraded: upgradedInOne(reference, run),
    chainEnd: compareEnds(reference, run),
    legs: compareLegs(reference, run),
    outcome: compareOutcomes(reference, run),
  };
}

function pairOf([reference, run]: Aligned): HopPair {
  if (!reference) return { kind: 'only_in_run', run };
  if (!run) return { kind: 'only_in_reference', reference };
  const differences = compareHops(reference, run);
  return differences.length > 0
    ? { kind: 'differs', reference, run, differences }
    : { kind: 'same', reference, run };
}

/** A hop that is missing from the run has only its number in the reference. */
function divergenceIn(chain: readonly HopPair[]): Comparison['firstDivergence'] {
  const at = chain.findIndex(({ kind }) => kind !== 'same');
  const pair = chain[at];
  if (!pair) return null;
  return { at, hop: pair.kind === 'only_in_reference' ? pair.reference.index : pair.run.index };
}

/**
 * A tab follows a browser's settings and its requests in the background do not: told only where that was the difference. So
 * the other run has to have come there, and been answered over plain http: one that ended before proves nothing.
 */
function upgradedInOne(reference: Run, run: Run): Comparison['upgraded'] {
  if (reference.capture === run.capture) return null;
  const upgrades = [upgradeIn(reference, run), upgradeIn(run, reference)].filter((one) => one !== null);
  return upgrades.length === 1 ? (upgrades[0] ?? null) : null;
}

function upgradeIn({ capture, hops }: Run, other: Run): Comparison['upgraded'] {
  const mark = hops.find(({ notes }) => notes.includes('upgraded_by_browser'));
  if (!mark || capture === 'handoff') return null;
  const stayed = other.hops.some(
    (hop) =>
      hop.madeBy === 'network' &&
      hop.status !== null &&
      hop.role === mark.role &&
      addressOf(hop.url).scheme === 'http' &&
      addressOf(hop.url).host === addressOf(mark.url).host,
  );
  return stayed ? { by: capture, hop: mark.index + 1 } : null;
}

function compareEnds(reference: Run, run: Run): Comparison['chainEnd'] {
  const host = ({ chainEnd }: Run) => (chainEnd?.url ? addressOf(chainEnd.url).host : null);
  return [
    ...differing('kind', reference.chainEnd?.kind ?? null, run.chainEnd?.kind ?? null),
    ...differing('host', host(reference), host(run)),
  ];
}

function compareOutcomes(reference: Run, run: Run): OutcomeDifference[] {
  const doctor = ({ hashDoctor }: Run) => hashDoctor && `${hashDoctor.form} ${hashDoctor.verified}`;
  return [
    ...differing('verdict', reference.verdict, run.verdict),
    ...differing('failure', reference.failure?.code ?? null, run.failure?.code ?? null),
    ...differing('cause', reference.cause?.code ?? null, run.cause?.code ?? null),
    ...differing('owner', reference.cause?.owner ?? null, run.cause?.owner ?? null),
    ...differing('hash_doctor', doctor(reference), doctor(run)),
  ];
}
