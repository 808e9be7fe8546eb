import type { Failure } from '../failure.ts';
import type { Run, Verdict } from '../run.ts';
import type { Cause } from './cause.ts';
import { codeNotAccepted } from './code-not-accepted.ts';
import { hopNeverAnswered } from './hop-never-answered.ts';
import { hostUnreachable } from './host-unreachable.ts';
import { httpUpgraded } from './http-upgraded.ts';
import { numberDiffers } from './number-differs.ts';
import { offNetwork } from './off-network.ts';
import { operatorBreaksProtocol } from './operator-breaks-protocol.ts';
import { operatorBusy } from './operator-busy.ts';
import { operatorDown } from './operator-down.ts';
import { oursNotTheirs } from './ours-not-theirs.ts';
import { pageInsteadOfRedirect } from './page-instead-of-redirect.ts';
import { redirectLoop } from './redirect-loop.ts';
import { responseNotOurs } from './response-not-ours.ts';
import { resultUnknown } from './result-unknown.ts';
import { evidenceAt, type Rule } from './rule.ts';
import { setupWrong } from './setup-wrong.ts';
import { slowHop } from './slow-hop.ts';
import { tlsBroken } from './tls-broken.ts';
import { userUnknown } from './user-unknown.ts';

/** In order: what explains more comes first (an upgraded hop explains why no subscriber was found), the catch-all last. */
const RULES: Rule[] = [
  numberDiffers,
  resultUnknown,
  oursNotTheirs,
  httpUpgraded,
  // Before the setup: one documented answer to Wi-Fi is worded as a parameter error.
  offNetwork,
  setupWrong,
  operatorBusy,
  userUnknown,
  operatorDown,
  redirectLoop,
  hopNeverAnswered,
  hostUnreachable,
  tlsBroken,
  pageInsteadOfRedirect,
  codeNotAccepted,
  responseNotOurs,
  operatorBreaksProtocol,
  slowHop,
];

/** Why the run ended as it did. Null for a clean match and for runs that a person or a crash cut short. */
export function diagnose(run: Run, verdict: Verdict, failure: Failure | null): Cause | null {
  const symptoms = { run, verdict, failure };
  for (const rule of RULES) {
    const found = rule(symptoms);
    if (found) return { seen: 'certain', mechanism: null, ...found };
  }
  if (!failure) return null;
  return {
    code: 'not_diagnosed',
    mechanism: null,
    seen: 'certain',
    owner: failure.leg === 'authorize' ? 'operator' : 'backend',
    confidence: 'possible',
    evidence: evidenceAt(symptoms, failure.code),
    cure: 'report_trace_id',
  };
}
