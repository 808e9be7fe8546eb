import { failed, type Judged, notChecked, passed, type Rule } from '../judged.ts';
import type { WalkedChain } from './judge-chain.ts';

const RULE: Rule = { name: 'chain_end', severity: 'fail', clause: 'RFC 6749 §4.1.2' };

/** A silent chain ends at redirect_uri and nowhere else. */
export function judgeEnd({ chainEnd, failure, hops }: WalkedChain): Judged {
  if (chainEnd.kind === 'callback') return passed(RULE);
  if (!failure) return notChecked(RULE, 'cut_short');
  const last = hops.at(-1);
  const seen = last?.page?.title ?? (last?.status ? `status ${last.status}` : failure.code);
  return failed(RULE, failure.code, 'a redirect to redirect_uri', `${chainEnd.kind}: ${seen}`);
}
