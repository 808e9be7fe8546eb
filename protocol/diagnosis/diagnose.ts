import type { Failure } from '../failure.ts';
import type { Run, Verdict } from '../run.ts';
import { apiPathWrong } from './api-path-wrong.ts';
import { captivePortal } from './captive-portal.ts';
import type { Cause, Owner } from './cause.ts';
import { clientCredentialsWrong } from './client-credentials-wrong.ts';
import { clientNotEnabled } from './client-not-enabled.ts';
import { clockSkew } from './clock-skew.ts';
import { codeNotAccepted } from './code-not-accepted.ts';
import { connectionBroken } from './connection-broken.ts';
import { connectionRefused } from './connection-refused.ts';
import { cookieNotReturned } from './cookie-not-returned.ts';
import { deviceSlept } from './device-slept.ts';
import { doubleLocation } from './double-location.ts';
import { enrichmentOverHttps } from './enrichment-over-https.ts';
import { hopNeverAnswered } from './hop-never-answered.ts';
import { httpUpgraded } from './http-upgraded.ts';
import { keysUnread } from './keys-unread.ts';
import { nameNotFound } from './name-not-found.ts';
import { numberDiffers } from './number-differs.ts';
import { offNetwork } from './off-network.ts';
import { operatorBreaksProtocol } from './operator-breaks-protocol.ts';
import { operatorBusy } from './operator-busy.ts';
import { operatorDown } from './operator-down.ts';
import { ourLimits } from './our-limits.ts';
import { oursNotTheirs } from './ours-not-theirs.ts';
import { pageInsteadOfRedirect } from './page-instead-of-redirect.ts';
import { redirectLoop } from './redirect-loop.ts';
import { redirectUriDiffers } from './redirect-uri-differs.ts';
import { redirectUriNotRegistered } from './redirect-uri-not-registered.ts';
import { requestRefused } from './request-refused.ts';
import { responseNotOurs } from './response-not-ours.ts';
import { resultUnknown } from './result-unknown.ts';
import { evidenceAt, operatorWords, type Rule } from './rule.ts';
import { slowHop } from './slow-hop.ts';
import { tlsBroken } from './tls-broken.ts';
import { userUnknown } from './user-unknown.ts';
import { vpnOrProxy } from './vpn-or-proxy.ts';

/** In order: what explains more comes first (an upgraded hop explains why no subscriber was found), the catch-all last. */
const RULES: Rule[] = [
  numberDiffers,
  resultUnknown,
  // What stood in the way: before anything the operator is thought to have said.
  captivePortal,
  vpnOrProxy,
  deviceSlept,
  oursNotTheirs,
  // The registration.
  redirectUriDiffers,
  redirectUriNotRegistered,
  apiPathWrong,
  clientNotEnabled,
  clientCredentialsWrong,
  // Words that only one cause has.
  operatorBusy,
  userUnknown,
  // Why no subscriber was found, from the most telling to the plain fact.
  cookieNotReturned,
  redirectLoop,
  httpUpgraded,
  enrichmentOverHttps,
  offNetwork,
  // Before this, one documented answer to Wi-Fi is worded as a parameter error.
  requestRefused,
  operatorDown,
  pageInsteadOfRedirect,
  // Transport, each by its name.
  doubleLocation,
  ourLimits,
  slowHop,
  hopNeverAnswered,
  nameNotFound,
  connectionRefused,
  connectionBroken,
  tlsBroken,
  keysUnread,
  // The answers.
  clockSkew,
  codeNotAccepted,
  responseNotOurs,
  operatorBreaksProtocol,
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
    owner: ownerOfUnknown(failure),
    mechanism: null,
    seen: 'certain',
    confidence: 'possible',
    evidence: evidenceAt(symptoms, operatorWords(failure) || failure.code),
    cure: 'report_trace_id',
  };
}

/** What nobody can name is the network's where the network broke, and ours where the backend saw it. */
function ownerOfUnknown({ leg, code }: Failure): Owner {
  if (code === 'authorize.network_error') return 'network';
  return leg === 'authorize' ? 'operator' : 'backend';
}
