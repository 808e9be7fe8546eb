import './cell.css';
import type { CoverageCell } from '#protocol/coverage-api.ts';

import { spellCount } from '../counts.ts';
import { HistoryIcon } from '../icons.tsx';
import { say } from '../words.ts';
import {
  agoWords,
  besideKinds,
  besideWords,
  lastWords,
  ofWords,
  shareWords,
  troubleWords,
} from './cell-words.ts';
import { isStale, type Share, STALE_AFTER_DAYS, shareOf, standingOf } from './share.ts';
import { StandingIcon } from './standing-icon.tsx';

/**
 * What a cell says: its share, what is wrong with it, how it ended last and when, and what stands beside it. Read out it
 * is one sentence, so what eyes take from colour and place is there as unseen words.
 */
export function CellFacts({ cell, now }: { cell: CoverageCell; now: number }) {
  const share = shareOf(cell);
  const trouble = troubleWords(cell);
  return (
    <>
      <span class="share num">
        <StandingIcon standing={standingOf(cell)} />
        {share ? <ShareFacts share={share} /> : <b>{say('coverage.no_share')}</b>}
      </span>
      {trouble ? (
        <span class="trouble num">
          <Unseen text={say('coverage.then')} />
          {trouble}
        </span>
      ) : null}
      <LastFacts cell={cell} now={now} />
      <BesideFacts cell={cell} />
    </>
  );
}

/** The classes that colour a cell. */
export function cellClass(cell: CoverageCell, now: number): string {
  return `cell ${standingOf(cell)} ${isStale(cell, now) ? 'stale' : ''}`;
}

function ShareFacts({ share }: { share: Share }) {
  return (
    <>
      <b>{shareWords(share)}</b> {share.percent === null ? null : <span class="of">{ofWords(share)}</span>}
      <Unseen text={say('coverage.share_name')} />
    </>
  );
}

function LastFacts({ cell, now }: { cell: CoverageCell; now: number }) {
  if (!cell.last) return null;
  const stale = isStale(cell, now);
  return (
    <span class="last num">
      {stale ? <HistoryIcon /> : null}
      <Unseen text={say('coverage.last_name')} />
      <b>{agoWords(cell.last, now)}</b>
      {` · ${lastWords(cell.last)}`}
      {stale ? <Unseen text={say('coverage.stale_name', [spellCount(STALE_AFTER_DAYS)])} /> : null}
    </span>
  );
}

function BesideFacts({ cell }: { cell: CoverageCell }) {
  const beside = besideWords(cell);
  if (!beside) return null;
  const kinds = besideKinds(cell);
  return (
    <span class="beside num" title={kinds.join(', ')}>
      <Unseen text={say('coverage.then')} />
      {say('coverage.beside_name', [beside])}
      {kinds.length > 1 ? <Unseen text={say('coverage.beside_kinds', [kinds.join(', ')])} /> : null}
    </span>
  );
}

function Unseen({ text }: { text: string }) {
  return <span class="unseen">{text}</span>;
}
