import type { CoverageCounts } from '#protocol/coverage-api.ts';

import { sayCount } from '../counts.ts';
import { say } from '../words.ts';
import { besideKinds, ofWords, shareWords } from './cell-words.ts';
import { shareOf } from './share.ts';

/** All runs that the filter lets through: how many make the share, the share, and what stands beside it. */
export function TotalLine({ total }: { total: CoverageCounts }) {
  const share = shareOf(total);
  const beside = besideKinds(total);
  return (
    <>
      {share === null ? (
        say('coverage.total_none')
      ) : (
        <>
          {sayCount('coverage.total', share.of)}
          {' · '}
          <b>{say('coverage.total_share', [share.percent === null ? ofWords(share) : shareWords(share)])}</b>
        </>
      )}
      {beside.length > 0 ? ` · ${say('coverage.beside_name', [beside.join(', ')])}` : null}
    </>
  );
}
