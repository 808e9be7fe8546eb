import fc from 'fast-check';

import { Hop } from '#protocol/hop.ts';
import type { HostRule } from '#protocol/profile.ts';
import { createPseudonyms } from '#protocol/pseudonyms.ts';

import type * as assembleHop from '../../extension/walker/assemble-hop.ts';
import type { decideNext } from '../../extension/walker/decide-next.ts';
import { REDIRECT_URI } from '../support/fixtures.ts';
import { nearRedirectUri } from './callback-property.ts';
import { anyText, scratched } from './fuzz.ts';

const STATE = 'af0ifjsl-dkj4-4f1a-9d55-f1b0f6f0c3aa';
const CODE = 'SplxlOBeZQQYbYS6WxSbIA77';
const hosts: HostRule[] = [{ pattern: '*.operator.example', role: 'gateway', scheme: 'either' }];

const query = fc.constantFrom(
  '',
  `?code=${CODE}&state=${STATE}`,
  `?state=${STATE}`,
  `?code=${CODE}`,
  `?a#code=${CODE}`,
  '?x=1',
);
const origin = fc.constantFrom(
  'https://api.operator.example',
  'http://he.operator.example',
  'http://127.0.0.1:9',
  'http://[::1',
  '//evil.example',
  'https://evil.example',
  'http://user:secret@api.operator.example',
  'javascript:alert(1)//',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
  'chrome-extension://abc',
  'myapp://cb',
  '',
);
const anyLocation = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(nearRedirectUri, query).map((parts) => parts.join('')) },
  {
    weight: 4,
    arbitrary: fc.tuple(origin, fc.constantFrom('', '/', '/next'), query).map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: scratched(`${REDIRECT_URI}?code=${CODE}&state=${STATE}`) },
  { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true }) },
  { weight: 1, arbitrary: anyText },
);
const from = fc.constantFrom(
  'https://api.operator.example/authorize',
  'http://he.operator.example/enrich?ticket=1',
);

/** Written apart from the code that decides: what may be requested at all. */
function harmless(url: URL): boolean {
  const loopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|(.*\.)?localhost)$/.test(url.hostname);
  const known = url.hostname === 'operator.example' || url.hostname.endsWith('.operator.example');
  const ours = url.searchParams.has('code') && url.searchParams.get('state') === STATE;
  const atApp = url.hostname.replace(/\.$/, '') === 'app.example';
  return (
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    !(atApp && (url.searchParams.has('code') || url.href.split(/[?#]/)[0] === REDIRECT_URI)) &&
    !(ours && !loopback && (url.protocol === 'http:' || !known))
  );
}

function isRedirectUri(url: URL): boolean {
  return url.href.split(/[?#]/)[0] === REDIRECT_URI;
}

/** redirect_uri and nothing else ends the chain; a code goes nowhere else, and nowhere in clear. */
export function decisionProperty(decide: typeof decideNext): fc.IProperty<[string, string, number, boolean]> {
  return fc.property(
    anyLocation,
    from,
    fc.nat({ max: 12 }),
    fc.boolean(),
    (location, base, networkHops, again) => {
      const next = URL.canParse(location, base) ? new URL(location, base) : null;
      const bare = new URL(next ?? base);
      bare.hash = '';
      const askedSinceCookie = new Set(again ? [bare.href] : []);
      const chain = {
        redirectUri: REDIRECT_URI,
        hosts,
        state: STATE,
        askedSinceCookie,
        networkHops,
        maxHops: 10,
      };
      const decision = decide(location, base, chain);
      if (decision.kind === 'callback' && !(next && isRedirectUri(next)))
        throw new Error(`took ${location} for the end`);
      if (decision.kind !== 'callback' && next && isRedirectUri(next) && next.href.length <= 65_536)
        throw new Error('went past the end');
      if (decision.kind !== 'request') return;
      if (!next || decision.url.href !== next.href || !harmless(next))
        throw new Error(`would ask for ${location}`);
      if (again || networkHops >= 10) throw new Error('would go on for ever');
    },
  );
}

const header = fc.record({
  name: fc.oneof(
    fc.constantFrom('Location', 'set-cookie', 'Server', 'X-VIG-Trace-Id', 'X-Other', 'Cookie'),
    fc.string({ maxLength: 300 }),
  ),
  value: fc.oneof(
    anyText,
    anyLocation,
    fc.constantFrom(`sid=${CODE}; Path=/`, `a=${STATE}`, `${STATE}=${CODE}`),
  ),
});

/** Whatever the answer to a hop is, its record is a valid one, of bounded size, and holds neither state nor code. */
export function hopProperty({
  beginHop,
  foldTraffic,
  readHop,
}: Pick<typeof assembleHop, 'beginHop' | 'foldTraffic' | 'readHop'>) {
  const answer = fc.record({
    status: fc.integer({ min: 100, max: 599 }),
    headers: fc.array(header, { maxLength: 30 }),
  });
  return fc.property(anyLocation, answer, (location, { status, headers }) => {
    const pseudonyms = createPseudonyms();
    // As in every chain: the first URL carries state, and the redirect names the code, before anything can quote them.
    pseudonyms.of('state', STATE);
    pseudonyms.of('code', CODE);
    const received = [{ name: 'Location', value: location }, ...headers];
    const facts = foldTraffic(beginHop('https://api.operator.example/authorize'), {
      kind: 'answered',
      status,
      headers: received,
    });
    const hop = Hop.parse(
      readHop(facts, { index: 1, startedAtMs: 0, durationMs: 1 }, null, hosts, pseudonyms),
    );
    const text = JSON.stringify(hop);
    if (text.length > 40_000) throw new Error(`${text.length} characters`);
    for (const secret of [STATE, CODE])
      if (text.includes(secret)) throw new Error(`shows ${secret}: ${text}`);
  });
}
