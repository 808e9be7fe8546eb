import type { CauseCode } from '#protocol/diagnosis/cause.ts';
import type { FailureCode } from '#protocol/failure-catalogue.ts';
import { type OperatorError, readOperatorError } from '#protocol/operator-error.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { failureOfError } from '#protocol/published-errors.ts';
import { redactText } from '#protocol/redact.ts';
import { matchesRedirectUri } from '#protocol/redirect-uri.ts';
import type { UpstreamFault } from '../../upstream/faults.ts';
import type { UpstreamAnswer } from '../../upstream/send.ts';
import { headerOf } from '../exchange.ts';
import { readJsonObject } from '../json-answer.ts';
import { bad, blameFor, good, inWords, nothingThere, type Outcome, unanswered } from './line.ts';

type Answered = Extract<UpstreamAnswer, { kind: 'answered' }>;

const REDIRECTS = [301, 302, 303, 307, 308];

const FAULTS: Record<UpstreamFault['code'], FailureCode> = {
  address_forbidden: 'authorize.address_forbidden',
  dns: 'authorize.dns',
  tls: 'authorize.tls',
  connect: 'authorize.connect',
  reset: 'authorize.reset',
  timeout: 'authorize.timeout_hop',
  too_large: 'authorize.html_page',
  not_conformant: 'authorize.network_error',
  // Never: an authorize request costs nothing and is not counted.
  budget_spent: 'authorize.network_error',
};

/** Answers that say something about who asks, and nothing against the registration: this machine has no SIM. */
const ABOUT_THE_SUBSCRIBER: readonly (CauseCode | null)[] = [
  'off_network',
  'user_unknown_to_operator',
  'operator_busy',
];

/** Judges the first answer to an authorize request; nothing follows it. Pure. */
export function judgeAuthorize(
  answer: UpstreamAnswer,
  url: string,
  profile: Profile,
  pseudonyms: Pseudonyms,
): Outcome {
  if (answer.kind === 'failed') return unanswered(FAULTS[answer.fault.code], answer.fault, 'check_api_host');
  const { status } = answer;
  if (REDIRECTS.includes(status)) return judgeRedirect(answer, url, profile, pseudonyms);
  if (status === 404) return bad('failed', '404', 'authorize.unexpected_status', nothingThere(url));
  if (status === 429) {
    return bad('warned', '429', 'authorize.rate_limited', { owner: 'operator', cure: 'wait_and_retry' });
  }
  if (status >= 500) {
    const blame = { owner: 'operator', cure: 'wait_and_retry' } as const;
    return bad('failed', String(status), 'authorize.unexpected_status', blame);
  }
  const read = readJsonObject(answer.body);
  const refusal = readOperatorError(status, read.kind === 'object' ? read.value : null, pseudonyms);
  if (refusal) return refusedInWords(status, refusal, profile);
  const seen = `${status} ${redactText(headerOf(answer.headers, 'content-type'), pseudonyms)}`.trim();
  return status < 300
    ? bad('warned', seen, 'authorize.html_page', { owner: 'operator', cure: 'report_page' })
    : bad('failed', seen, 'authorize.unexpected_status', { owner: 'client_setup', cure: 'check_parameters' });
}

function judgeRedirect(
  { status, headers }: Answered,
  url: string,
  profile: Profile,
  pseudonyms: Pseudonyms,
): Outcome {
  const locations = headers.filter(([name]) => name.toLowerCase() === 'location');
  const next = URL.parse(locations[0]?.[1] ?? '', url);
  const fault: FailureCode | null =
    locations.length === 0
      ? 'authorize.missing_location'
      : locations.length > 1
        ? 'authorize.multiple_location'
        : next
          ? null
          : 'authorize.bad_location';
  if (fault || !next) {
    const code = fault ?? 'authorize.bad_location';
    const { owner, cure } = blameFor(profile, code);
    return bad('failed', `${status}, ${locations.length} × Location`, code, { owner, cure });
  }
  const error = next.searchParams.get('error');
  if (error !== null && matchesRedirectUri(next.href, profile.redirectUri)) {
    const shown = (text: string | null, longest: number) =>
      text && redactText(text.slice(0, longest), pseudonyms);
    const description = shown(next.searchParams.get('error_description'), 512);
    return refusedInWords(status, { error: shown(error, 128) ?? '', description }, profile);
  }
  return good(`${status} to ${redactText(next.host || next.protocol, pseudonyms)}`);
}

function refusedInWords(status: number, operatorError: OperatorError, profile: Profile): Outcome {
  const code = failureOfError('authorize', operatorError.error);
  const { cause, owner, cure } = blameFor(profile, code, { operatorError });
  const result = ABOUT_THE_SUBSCRIBER.includes(cause) ? 'warned' : 'failed';
  return bad(result, inWords(status, operatorError), code, { owner, cure });
}
