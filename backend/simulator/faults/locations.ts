import type { FaultScenario } from '../scenario.ts';
import { chainFault, discoveryFault, redirectTo } from './hop-answers.ts';

const own = (name: string, about: string, location: string) =>
  discoveryFault(name, about, redirectTo(location));

/** A4 to A14, A17, A18: where a redirect leads, and how it says so. */
export const locations: readonly FaultScenario[] = [
  discoveryFault('location-missing', 'A redirect says nothing of where to go (A4).', { status: 302 }),
  discoveryFault('location-twice', 'A redirect names two places at once (A5).', redirectTo(['/one', '/two'])),
  own('location-unparsable', 'A redirect leads to what is no URL (A6).', 'http://[::1'),
  chainFault('location-path-only', 'A redirect names a path of its own host, as it may (A7).', {
    identity: { answer: redirectTo('/identify?{query}&on=1'), times: 1 },
  }),
  chainFault(
    'location-without-scheme',
    'A redirect names a host and leaves the scheme out, as it may (A8).',
    {
      identity: { answer: redirectTo('{next_relative}') },
    },
  ),
  {
    ...own(
      'enrichment-over-https',
      'A redirect leaves the scheme out, so that the enrichment host is asked over https (A8).',
      '{next_relative}',
    ),
    tlsOnly: true,
  },
  own(
    'location-other-host',
    'A redirect leads to a host nobody was told of (A8).',
    '//elsewhere.{operator_domain}/x',
  ),
  own('location-padded', 'A redirect has spaces and tabs about its URL (A9).', ' \t {next}&note=a b \t'),
  discoveryFault('location-folded', 'A redirect breaks its URL over two lines (A9).', {
    raw: 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {next}&folded=\r\n 1\r\n\r\n',
  }),
  discoveryFault('location-with-nul', 'A redirect has a NUL byte in its URL (A9).', {
    raw: 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: {next}&nul=\0\r\n\r\n',
  }),
  own(
    'location-homograph',
    'A redirect leads to a host that only looks like the gateway (A10).',
    '{homograph}/x',
  ),
  own(
    'location-64-kb',
    'A redirect has a URL of 64,000 characters (A11).',
    `{next}&pad=${'a'.repeat(64_000)}`,
  ),
  own(
    'location-too-long',
    'A redirect has a URL longer than any server takes (A11).',
    `{next}&pad=${'a'.repeat(66_000)}`,
  ),
  own(
    'scheme-custom',
    'A redirect leads to an app’s own scheme (A12).',
    'myapp://callback?code=unknown&state={state}',
  ),
  own('scheme-javascript', 'A redirect leads to a script (A13).', 'javascript:alert(1)'),
  own('scheme-data', 'A redirect leads to data (A13).', 'data:text/html,<script>alert(1)</script>'),
  own('scheme-file', 'A redirect leads to a file of this machine (A13).', 'file:///etc/passwd'),
  own('scheme-blob', 'A redirect leads to a blob (A13).', 'blob:https://example.test/0'),
  own(
    'scheme-extension',
    'A redirect leads to an extension’s page (A13).',
    'chrome-extension://none/popup.html',
  ),
  chainFault(
    'detour-in-clear',
    'A redirect leads from https to plain http, on a host nobody was told of (A14).',
    { discovery: { goTo: 'detour' } },
  ),
  {
    ...chainFault('code-in-clear', 'The code is led over plain http before it comes home (A14).', {
      continue: { answer: redirectTo('{other}/detour?code={code}&state={state}') },
    }),
    tlsOnly: true,
  },
  {
    ...chainFault('code-to-a-stranger', 'The code is led to a host nobody was told of (A14).', {
      continue: { answer: redirectTo('https://{other_host}/x?code={code}&state={state}') },
    }),
    tlsOnly: true,
  },
  own(
    'location-with-login',
    'A redirect has a user name and a password in its URL (A17).',
    'http://user:password@{other_host}/x',
  ),
  own(
    'location-fragment',
    'A redirect has a fragment, which is nobody’s business but the browser’s (A18).',
    '{next}#section',
  ),
];
