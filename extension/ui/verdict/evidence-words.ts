import type { Evidence } from '#protocol/diagnosis/cause.ts';
import type { Run } from '#protocol/run.ts';

import { spellCount } from '../counts.ts';
import { say } from '../words.ts';

/** Where a piece of evidence was seen. */
export function evidenceWords({ at, leg, hop, check }: Evidence, run: Run): string {
  if (at === 'hop' && hop !== null) {
    // What the browser did between two hops carries the number of the one before.
    const between = run.cause?.code === 'http_upgraded';
    return say(between ? 'evidence.after_hop' : 'evidence.hop', [spellCount(hop)]);
  }
  if (at === 'check' && check !== null) return say('evidence.check', [check]);
  if (at === 'exchange') return say('evidence.exchange', [say(`leg.${leg}`)]);
  return say('evidence.chain_end');
}
