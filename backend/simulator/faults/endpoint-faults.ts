import type { FaultScenario } from '../scenario.ts';
import { endpointToxics } from './endpoint-toxics.ts';
import { idTokenClaims } from './id-token-claims.ts';
import { idTokenForms } from './id-token-forms.ts';
import { idTokenJwks } from './id-token-jwks.ts';
import { idTokenSignatures } from './id-token-signatures.ts';
import { premiuminfoRefused } from './premiuminfo-refused.ts';
import { premiuminfoResults } from './premiuminfo-results.ts';
import { tokenAnswers } from './token-answers.ts';
import { tokenRefused } from './token-refused.ts';

/** What the endpoints of legs 2 and 3 can do wrong. */
export const endpointFaults: readonly FaultScenario[] = [
  ...tokenRefused,
  ...tokenAnswers,
  ...idTokenForms,
  ...idTokenSignatures,
  ...idTokenClaims,
  ...idTokenJwks,
  ...premiuminfoRefused,
  ...premiuminfoResults,
  ...endpointToxics,
];
