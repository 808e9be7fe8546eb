import { type Judged, passed, type Rule, warned } from '../judged.ts';
import { shownValue } from '../shown-value.ts';

const RULE: Rule = { name: 'correlation_id', severity: 'warn', clause: 'Mobile Connect DI R2.3' };

export function judgeCorrelationId(echoed: unknown, sent: string): Judged {
  return echoed === sent ? passed(RULE, sent) : warned(RULE, sent, shownValue(echoed));
}
