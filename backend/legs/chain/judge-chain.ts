import type { Failure } from '#protocol/failure.ts';
import type { ChainEnd, Hop } from '#protocol/hop.ts';
import type { Run } from '#protocol/run.ts';

import type { Judged } from '../judged.ts';
import { judgeBearer } from './bearer.ts';
import { judgeChainTime } from './chain-time.ts';
import { judgeConfig } from './config.ts';
import { judgeEnd } from './end.ts';
import { judgeHopCount } from './hop-count.ts';
import { judgeHopFacts } from './hop-facts.ts';
import { judgeLoop } from './loop.ts';
import { judgeNumberCountry } from './number-country.ts';
import { judgeScheme } from './scheme.ts';

/** Leg 1 as the browser reported it. */
export interface WalkedChain {
  hops: readonly Hop[];
  chainEnd: ChainEnd;
  /** What the walker saw fail; null where the chain came to redirect_uri, or was cut short. */
  failure: Failure | null;
}

/** What can be checked of a chain without asking anyone, whichever way it ended: the preflight, then the hops. Pure. */
export function judgeChain(run: Run, chain: WalkedChain): Judged[] {
  const { profile } = run;
  return [
    judgeConfig(profile),
    judgeNumberCountry(run.number?.country ?? null),
    judgeBearer(run.conditions),
    judgeHopCount(chain.hops, profile.limits),
    judgeChainTime(chain.hops, profile.limits),
    judgeLoop(chain.hops),
    judgeHopFacts(chain.hops),
    judgeScheme(chain.hops, profile.hosts),
    judgeEnd(chain),
  ];
}
