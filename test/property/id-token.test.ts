import fc from 'fast-check';
import { test } from 'vitest';

import { judgeIdToken } from '../../backend/legs/id-token/judge-id-token.ts';
import { fuzz } from './fuzz.ts';
import { idTokenProperty } from './id-token-property.ts';

test('of any string, an id_token is only what the operator signed for this run (OIDC Core 3.1.3.7)', async () => {
  await fc.assert(idTokenProperty(judgeIdToken), fuzz(600));
});
