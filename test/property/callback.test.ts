import fc from 'fast-check';
import { test } from 'vitest';

import { judgeCallback } from '../../backend/legs/callback/judge-callback.ts';
import { callbackProperty } from './callback-property.ts';
import { fuzz } from './fuzz.ts';

test('of any redirect, a code is taken exactly when redirect_uri, state, iss and syntax hold (C1 to C12)', () => {
  fc.assert(callbackProperty(judgeCallback), fuzz(3000));
});
