import type { FaultScenario } from '../scenario.ts';
import { backToClient, redirectTo } from './hop-answers.ts';

type Reply = ReturnType<typeof redirectTo>;

const comesBack = (name: string, about: string, answer: Reply): FaultScenario => ({
  name,
  about: `${about}.`,
  group: 'callback',
  hops: { continue: { answer } },
});
const withQuery = (query: string) => redirectTo(`{redirect_uri}?${query}`);

/** C1 to C11, C17 to C19: what the redirect to the client says. */
export const callbacks: readonly FaultScenario[] = [
  comesBack('callback-empty', 'Neither a code nor an error comes back (C1)', withQuery('state={state}')),
  comesBack('callback-bare', 'Nothing comes back at all (C1)', redirectTo('{redirect_uri}')),
  comesBack(
    'callback-code-and-error',
    'A code and an error come back (C2)',
    backToClient('code={code}&error=access_denied'),
  ),
  comesBack('callback-code-twice', 'Two codes come back (C3)', backToClient('code={code}&code={code}')),
  comesBack('callback-state-twice', 'state comes back twice (C3)', backToClient('code={code}&state=other')),
  comesBack(
    'callback-iss-twice',
    'iss comes back twice (C3)',
    backToClient('code={code}&iss={issuer}&iss={issuer}'),
  ),
  comesBack('callback-code-empty', 'An empty code comes back (C4)', backToClient('code=')),
  comesBack(
    'callback-code-10-kb',
    'A code of 10 kB comes back (C5)',
    backToClient(`code=${'c'.repeat(10_240)}`),
  ),
  comesBack(
    'callback-code-control',
    'A code with control characters comes back (C5)',
    backToClient('code=a%00b%1fc'),
  ),
  comesBack(
    'callback-code-non-ascii',
    'A code of letters that no code has comes back (C5)',
    backToClient('code=%C3%A9t%C3%A9-%C3%A0-la-plage'),
  ),
  comesBack('callback-state-missing', 'state does not come back (C6)', withQuery('code={code}')),
  comesBack('callback-state-empty', 'state comes back empty (C6)', withQuery('code={code}&state=')),
  comesBack(
    'callback-state-other',
    'The state of another request comes back (C7)',
    withQuery('code={code}&state=00000000-0000-4000-8000-000000000000'),
  ),
  comesBack(
    'callback-state-case',
    'state comes back in capitals (C7)',
    withQuery('code={code}&state={state_in_capitals}'),
  ),
  comesBack(
    'callback-state-space',
    'state comes back with a space behind it (C7)',
    withQuery('code={code}&state={state}%20'),
  ),
  comesBack(
    'callback-state-other-error',
    'An error comes back with the state of another request (C7)',
    withQuery('error=access_denied&state=other'),
  ),
  comesBack('callback-iss', 'iss comes back, as it may (C10)', backToClient('code={code}&iss={issuer}')),
  comesBack(
    'callback-iss-other',
    'The iss of another operator comes back (C10)',
    backToClient('code={code}&iss=https%3A%2F%2Fevil.test'),
  ),
  comesBack(
    'callback-correlation-missing',
    'correlation_id does not come back (C11)',
    withQuery('code={code}&state={state}'),
  ),
  comesBack(
    'callback-correlation-other',
    'Another correlation_id comes back (C11)',
    withQuery('code={code}&state={state}&correlation_id=other'),
  ),
  comesBack(
    'callback-error-html',
    'An error comes back with markup and signs that turn text round (C17)',
    backToClient(
      'error=access_denied&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E%E2%80%AE%1b%5B31m',
    ),
  ),
  comesBack(
    'callback-error-10-kb',
    'An error comes back with 10 kB of description (C17)',
    backToClient(`error=access_denied&error_description=${'d'.repeat(10_240)}`),
  ),
  comesBack(
    'callback-extras',
    'Parameters nobody knows come back too (C18)',
    backToClient('code={code}&session_state=1&foo=bar'),
  ),
  comesBack(
    'callback-value-20-kb',
    'A parameter nobody knows comes back, of 20 kB (C18)',
    backToClient(`code={code}&foo=${'f'.repeat(20_480)}`),
  ),
  comesBack(
    'callback-broken-percent',
    'Broken percent signs and pluses come back beside a code (C19)',
    backToClient('code={code}&note=a+b%zz%'),
  ),
  comesBack(
    'callback-jarm',
    'A signed response comes back in place of a code (JARM)',
    redirectTo('{redirect_uri}?response=eyJhbGciOiJub25lIn0.e30.'),
  ),
  comesBack(
    'callback-code-in-fragment',
    'The code comes back in the fragment (A18)',
    redirectTo('{redirect_uri}?state={state}#code={code}'),
  ),
  comesBack(
    'callback-all-in-fragment',
    'All comes back in the fragment (A18)',
    redirectTo('{redirect_uri}#code={code}&state={state}'),
  ),
];
