import { type Judged, passed, type Rule, warned } from '../judged.ts';

const RULE: Rule = { name: 'correlation_id', severity: 'warn', clause: 'Mobile Connect DI R2.3' };

/** What was sent has to come back; without it a run is merely harder to find at the operator. */
export function judgeCorrelationId(parameters: URLSearchParams, sent: string): Judged {
  const echoed = parameters.get('correlation_id');
  return echoed === sent ? passed(RULE, echoed) : warned(RULE, sent, echoed?.slice(0, 128) ?? 'absent');
}
