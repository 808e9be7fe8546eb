import type { OperatorError } from '#protocol/operator-error.ts';
import type { Profile } from '#protocol/profile.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import type { UpstreamAnswer } from '../../upstream/send.ts';
import { judgeMembers } from '../duplicate-members.ts';
import { readEnvelope } from '../envelope.ts';
import { headerOf } from '../exchange.ts';
import { accepting, type Judged, passed, type Rule } from '../judged.ts';
import { judgeMediaType } from '../media-type.ts';
import { judgeCorrelationId } from './correlation-id.ts';
import { judgeResult } from './result.ts';
import { codeOfBody, codeOfStatus } from './status.ts';
import { judgeSub } from './sub.ts';

export interface PremiuminfoJudgement {
  judged: Judged[];
  /** Null unless every check passed: what the operator answered is not believed before. */
  verified: boolean | null;
  operatorError: OperatorError | null;
}

const HTTP: Rule = { name: 'http_status', severity: 'fail', clause: 'GSMA Verified MSISDN' };
const BODY: Rule = { name: 'content_type', severity: 'fail', clause: 'GSMA Verified MSISDN' };

/** A yes and a no in one answer, or two subjects, are neither. */
const CONTRADICTS = 'premiuminfo.not_conformant';

export interface PremiuminfoExpected {
  /** sub of the id_token; null where the profile allows an answer without one. */
  sub: string | null;
  correlationId: string;
}

/** Judges an answered premiuminfo request. Pure. */
export function judgePremiuminfoAnswer(
  answer: Extract<UpstreamAnswer, { kind: 'answered' }>,
  profile: Profile,
  expected: PremiuminfoExpected,
  pseudonyms: Pseudonyms,
): PremiuminfoJudgement {
  const envelope = readEnvelope(answer, { status: HTTP, body: BODY, codeOfStatus, codeOfBody }, pseudonyms);
  const { operatorError } = envelope;
  if (envelope.kind === 'refused') return { judged: envelope.judged, verified: null, operatorError };
  const { json } = envelope;
  const result = json[profile.resource.resultField];
  const all = [
    passed(HTTP, '200'),
    judgeMediaType(headerOf(answer.headers, 'content-type')),
    judgeMembers(answer.body, { names: [profile.resource.resultField, 'sub'], code: CONTRADICTS }),
    judgeSub(json.sub, expected.sub, pseudonyms),
    judgeResult(result, profile.resource.resultField),
    judgeCorrelationId(json.correlation_id, expected.correlationId),
  ];
  const judged = accepting(all, 'premiuminfo', profile.accepted);
  const believed = judged.every(({ code }) => code === null);
  return { judged, verified: believed && typeof result === 'boolean' ? result : null, operatorError };
}
