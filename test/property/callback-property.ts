import fc from 'fast-check';

import { FAILURES } from '#protocol/failure-catalogue.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import type { judgeCallback } from '../../backend/legs/callback/judge-callback.ts';
import { deriveValues } from '../../backend/legs/derived-values.ts';
import { shownChecks } from '../../backend/legs/judged.ts';
import { profileAt, REDIRECT_URI } from '../support/fixtures.ts';
import { anyText, scratched } from './fuzz.ts';

const profile = profileAt('https://api.example');
const values = deriveValues(Buffer.alloc(32, 3), '2f1f6e0e-97a2-4f6c-8f3e-6b2a3f4d5e6f');
const HEALTHY = { code: 'c0de-of-this-run-77', state: values.state, correlation_id: values.correlationId };

/** Places that are redirect_uri, nearly are, or merely look like it. */
export const nearRedirectUri: fc.Arbitrary<string> = fc.constantFrom(
  REDIRECT_URI,
  REDIRECT_URI,
  REDIRECT_URI,
  `${REDIRECT_URI}/`,
  `${REDIRECT_URI}.evil.example`,
  `${REDIRECT_URI}/../callback`,
  `${REDIRECT_URI}/more`,
  'https://app.example:443/callback',
  'https://app.example:8443/callback',
  'https://app.example./callback',
  'https://APP.example/callback',
  'https://app.example/Callback',
  'https://app.example/%63allback',
  'https://app.example.evil.example/callback',
  'https://app.example@evil.example/callback',
  'https://a:b@app.example/callback',
  'http://app.example/callback',
  'https:\\\\app.example\\callback',
  'javascript:alert(1)//app.example/callback',
);

const parameter = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      'code',
      'state',
      'iss',
      'error',
      'error_description',
      'correlation_id',
      'response',
      'State',
    ),
    fc.string({ maxLength: 8 }),
  ),
  fc.oneof(
    anyText,
    fc.constantFrom(...Object.values(HEALTHY), values.nonce, 'mobileconnect/issuer', 'access_denied'),
  ),
);

const nearlyHealthy = fc
  .record({
    place: nearRedirectUri,
    left: fc.subarray(Object.entries(HEALTHY), { minLength: 2 }),
    added: fc.array(parameter, { maxLength: 2 }),
    mark: fc.constantFrom('?', '?', '?', '#'),
    fragment: fc.constantFrom('', '#', '#code=fragment'),
  })
  .map(
    ({ place, left, added, mark, fragment }) =>
      `${place}${mark}${new URLSearchParams([...left, ...added])}${fragment}`,
  );

const healthy = `${REDIRECT_URI}?${new URLSearchParams(HEALTHY)}`;
const anyCallback = fc.oneof(
  { weight: 6, arbitrary: nearlyHealthy },
  { weight: 3, arbitrary: scratched(healthy) },
  { weight: 1, arbitrary: fc.constant(healthy) },
  { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true }) },
  { weight: 1, arbitrary: anyText },
);

/** What must hold before a code is taken, written apart from the code that judges it. */
function codeToTake(raw: string): string | null {
  if (!URL.canParse(raw)) return null;
  const url = new URL(raw);
  const pairs = [...url.searchParams];
  const names = pairs.map(([name]) => name);
  const one = Object.fromEntries(pairs);
  const here = url.protocol === 'https:' && url.host === 'app.example' && url.pathname === '/callback';
  const ours = here && url.username === '' && url.password === '' && one.state === values.state;
  const clean = names.every((name, at) => names.indexOf(name) === at) && !names.includes('response');
  const issuer = !names.includes('iss') || one.iss === 'mobileconnect/issuer';
  const short = pairs.every(([name, value]) => name === 'code' || value.length <= 16_384);
  if (!ours || !clean || !issuer || !short || names.includes('error') || !names.includes('code')) return null;
  return one.code?.length && one.code.length <= 2048 && !/[^ -~]/.test(one.code) ? one.code : null;
}

/** A code is taken exactly when everything that binds it to this run holds, and every refusal has its name. */
export function callbackProperty(judge: typeof judgeCallback): fc.IProperty<[string]> {
  return fc.property(anyCallback, (callbackUrl) => {
    const pseudonyms = createPseudonyms();
    pseudonyms.of('state', values.state);
    const { code, failure, judged } = judge(callbackUrl, profile, values, pseudonyms);
    if (code !== codeToTake(callbackUrl)) throw new Error(`took ${code}, not ${codeToTake(callbackUrl)}`);
    if ((code === null) === (failure === null)) throw new Error('neither a code nor a failure, or both');
    if (failure && !(failure.code in FAILURES)) throw new Error(`${failure.code} is in no catalogue`);
    const shown = JSON.stringify(shownChecks(judged, pseudonyms));
    if (shown.includes(values.state)) throw new Error(`shows state: ${shown}`);
  });
}
