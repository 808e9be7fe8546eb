import { type Judged, notChecked, passed, type Rule, warned } from '../judged.ts';
import { shownValue } from '../shown-value.ts';

const RULE: Rule = { name: 'correlation_id', severity: 'warn', clause: 'Mobile Connect DI R2.3' };

/** Not every operator echoes it here; one that does has to echo ours. */
export function judgeCorrelationId(echoed: unknown, sent: string): Judged {
  if (echoed === undefined) return notChecked(RULE, 'not_sent');
  return echoed === sent ? passed(RULE, sent) : warned(RULE, sent, shownValue(echoed));
}
