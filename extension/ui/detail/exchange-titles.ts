import type { Exchange, Leg } from '#protocol/leg.ts';
import type { Row } from '../chain/chain-rows.ts';
import { spellCount } from '../counts.ts';
import { say } from '../words.ts';

/** Whether an exchange is the hash doctor's: it was made after the leg had ended. */
export function isAskedAgain({ startedAtMs, durationMs }: Leg, exchange: Exchange): boolean {
  return startedAtMs !== null && durationMs !== null && exchange.startedAtMs > startedAtMs + durationMs;
}

/** The tries of a leg's own question. */
export function triesOf(leg: Leg): Exchange[] {
  return leg.exchanges.filter((exchange) => !isAskedAgain(leg, exchange));
}

/** A heading for each exchange of a row; null where there is only the one. */
export function exchangeTitles(row: Row): (string | null)[] {
  if (row.kind !== 'leg' || row.leg.exchanges.length < 2) return [null];
  const { leg } = row;
  return leg.exchanges.map((exchange, at) =>
    isAskedAgain(leg, exchange) ? say('detail.asked_again') : say('detail.try', [spellCount(at + 1)]),
  );
}
