import type { FailureCode } from '#protocol/failure-catalogue.ts';
import { type OperatorError, readOperatorError } from '#protocol/operator-error.ts';
import type { Pseudonyms } from '#protocol/pseudonyms.ts';
import { redactBody } from '#protocol/redact-body.ts';
import type { UpstreamAnswer } from '../upstream/send.ts';
import { headerOf } from './exchange.ts';
import { readJsonObject } from './json-answer.ts';
import { failed, type Judged, passed, type Rule } from './judged.ts';

/** What a backend leg's answer is before its members are looked at: refused with its checks, or a JSON object. */
export type Envelope =
  | { kind: 'refused'; judged: Judged[]; operatorError: OperatorError | null }
  | { kind: 'object'; json: Record<string, unknown>; operatorError: OperatorError | null };

/** How one leg names what is wrong with an envelope. */
export interface EnvelopeRules {
  status: Rule;
  body: Rule;
  /** The failure a status stands for; null for the one that is good. */
  codeOfStatus(status: number, error: OperatorError | null): FailureCode | null;
  /** The failure that a body stands for which is JSON but no object, or no JSON at all. */
  codeOfBody(kind: 'other' | 'not_json', contentType: string): FailureCode;
}

/** Characters of an answer that is no JSON object which are kept as evidence. */
const EXCERPT = 200;

/** Status first, then the body: an operator's refusal is named by its own words, whatever else is wrong with it. */
export function readEnvelope(
  answer: Extract<UpstreamAnswer, { kind: 'answered' }>,
  rules: EnvelopeRules,
  pseudonyms: Pseudonyms,
): Envelope {
  const read = readJsonObject(answer.body);
  const json = read.kind === 'object' ? read.value : null;
  const operatorError = readOperatorError(answer.status, json, pseudonyms);
  const refusal = rules.codeOfStatus(answer.status, operatorError);
  if (refusal) {
    const seen = operatorError ? `${answer.status} ${operatorError.error}` : String(answer.status);
    return { kind: 'refused', judged: [failed(rules.status, refusal, '200', seen)], operatorError };
  }
  if (read.kind === 'object') return { kind: 'object', json: read.value, operatorError };
  const contentType = headerOf(answer.headers, 'content-type');
  const code = rules.codeOfBody(read.kind, contentType);
  // Text of another encoding: a secret in it is no longer recognised as one.
  const binary = answer.body.includes('\0') || answer.body.includes('\ufffd');
  const excerpt = binary
    ? `${answer.body.length} characters of no UTF-8`
    : redactBody(answer.body, contentType, pseudonyms).slice(0, EXCERPT);
  const judged = [passed(rules.status, '200'), failed(rules.body, code, 'a JSON object', excerpt)];
  return { kind: 'refused', judged, operatorError };
}
