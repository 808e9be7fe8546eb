import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { compareRuns } from '#protocol/compare/compare-runs.ts';
import type { Comparison } from '#protocol/compare/comparison.ts';
import type { Run } from '#protocol/run.ts';

import { say } from '../words.ts';
import { AlikeSettings } from './alike-list.tsx';
import { PartOfChain } from './chain-part.tsx';
import { Count } from './count.tsx';
import { DifferenceList } from './difference-list.tsx';
import { FirstDifference } from './first-difference.tsx';
import { foldChain } from './fold-chain.ts';
import { LegPair } from './leg-pair.tsx';

/** Two runs in the order in which they are read: under what they were made, what happened, what came of it. */
export function ComparisonView({ reference, run }: { reference: Run; run: Run }) {
  const comparison = useMemo(() => compareRuns(reference, run), [reference, run]);
  const { settings, chain, hopsUnseen, firstDivergence, upgraded, chainEnd, legs, outcome } = comparison;
  const legDifferences = legs.reduce((sum, { differences }) => sum + differences.length, 0);
  const apart = chain.filter(({ kind }) => kind !== 'same').length + chainEnd.length;
  return (
    <>
      <FirstDifference comparison={comparison} />
      {upgraded ? (
        <p class="first-words alike" id="upgraded">
          <span class="sign" aria-hidden="true">
            ⇢
          </span>
          <span>{say(`compare.upgraded_${upgraded.by}`, [String(upgraded.hop)])}</span>
        </p>
      ) : null}
      <Section id="settings" title={say('compare.settings')} count={settings.length}>
        <DifferenceList differences={named(settings, reference, run)} />
        <AlikeSettings reference={reference} run={run} />
      </Section>
      <Section id="chain" title={say('compare.chain')} count={apart}>
        {chain.length > 0 ? (
          <ol class="hop-pairs">
            {foldChain(chain).map((part) => (
              <PartOfChain key={part.at} part={part} first={firstDivergence?.at ?? null} />
            ))}
          </ol>
        ) : (
          <p class="dim nothing-here">{say(hopsUnseen ? 'compare.hops_unseen' : 'compare.no_hops')}</p>
        )}
        <DifferenceList differences={chainEnd} />
      </Section>
      <Section id="legs" title={say('compare.legs')} count={legDifferences}>
        {legs.map((leg) => (
          <LegPair key={leg.name} {...leg} />
        ))}
      </Section>
      <Section id="outcome" title={say('compare.outcome')} count={outcome.length}>
        <DifferenceList differences={outcome} />
      </Section>
      <p class="ignored dim small">{say('compare.ignored')}</p>
    </>
  );
}

interface Titled {
  id: string;
  title: string;
  count: number;
  children: ComponentChildren;
}

function Section({ id, title, count, children }: Titled) {
  return (
    <section class="compared" id={`compared-${id}`} aria-labelledby={`title-${id}`} data-differ={count}>
      <header>
        <div class="titled">
          <h2 id={`title-${id}`}>{title}</h2>
          <Count count={count} />
          {/* Which column is whose; what is read out says it in every line. */}
          <span class="column-name" aria-hidden="true">
            {say('compare.reference')}
          </span>
        </div>
        <span class="column-name of-run" aria-hidden="true">
          {say('compare.run')}
        </span>
      </header>
      {children}
    </section>
  );
}

/** A profile goes by its name; two of one name by their ids. */
function named(settings: Comparison['settings'], { profile: before }: Run, { profile: now }: Run) {
  if (before.name === now.name) return settings;
  return settings.map((one) =>
    one.what === 'profile' ? { ...one, reference: before.name, run: now.name } : one,
  );
}
