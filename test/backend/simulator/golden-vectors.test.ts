import { expect, test } from 'vitest';

import { atHash } from '../../../backend/simulator/id-token.ts';
import { hashOfNumber, pcrOf } from '../../../backend/simulator/subscribers.ts';

test('at_hash of a captured operator answer comes out the same (OIDC Core §3.1.3.6)', () => {
  expect(atHash('hIiC6ksKeD7olGcdW7-KcsKrX0kMEEm_NEtRdE2Le9k')).toBe('KpHZZFohEEFsmC0AobWPAQ');
});

test.each([
  ['+44123456789', '3d84a3838599719df7deacc7fb91903bde5430a8c0e007c3eba93bce0c69c5a2'],
  ['44123456789', 'd656a14295fde4ec3e31becdfb434ea6ef83a33a64fe0d568c535ef8016338dd'],
  ['+447700900907', '01a03859d1dd000bb5f648c3e97dad6a3dae5f40b9d103769a68d316bd905559'],
  ['447700900907', '07af4327d2ddf11ffa1e150b0e60ee1614c6a9617eee27ba41cd547627f245be'],
  ['+34123456789', '2813ff565487e39b05c7f403c96a7f5b8d9da7ea7dc0039be76a8adf37893201'],
])('the hash of %s is the published one (GSMA Mobile Connect Verified MSISDN)', (number, hash) => {
  expect(hashOfNumber(number)).toBe(hash);
});

test('a subject is stable, differs per client and does not show the number (OIDC Core §8.1)', () => {
  const sub = pcrOf({ number: '+447700900901' }, 'client-1');
  expect(sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(pcrOf({ number: '+447700900901' }, 'client-1')).toBe(sub);
  expect(pcrOf({ number: '+447700900901' }, 'client-2')).not.toBe(sub);
  expect(pcrOf({ number: '+447700900902' }, 'client-1')).not.toBe(sub);
});
