import fc from 'fast-check';
import { test } from 'vitest';

import { judgePremiuminfoAnswer } from '../../backend/legs/premiuminfo/judge-premiuminfo-answer.ts';
import { judgeTokenAnswer } from '../../backend/legs/token/judge-token-answer.ts';
import { premiuminfoProperty, tokenProperty } from './backend-answer-property.ts';
import { fuzz } from './fuzz.ts';

test('of any token answer, tokens come only of what RFC 6749 §5.1 calls one, and none is shown (TK3 to TK15)', () => {
  fc.assert(tokenProperty(judgeTokenAnswer), fuzz(800));
});

test('of any premiuminfo answer, only a boolean about the right subject is believed (P2, P3, P4, P16)', () => {
  fc.assert(premiuminfoProperty(judgePremiuminfoAnswer), fuzz(800));
});
