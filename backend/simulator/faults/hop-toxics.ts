import type { FaultScenario, Toxic } from '../scenario.ts';
import { chainFault, discoveryFault, redirectTo } from './hop-answers.ts';

/** The eight toxics at the discovery hop, which answers as usual. */
const TOXICS: [name: string, about: string, toxic: Toxic][] = [
  ['latency', 'answers half a second late', { kind: 'latency', ms: 500 }],
  ['down', 'takes no connection (A34)', { kind: 'down' }],
  ['bandwidth', 'answers at 2 kB a second', { kind: 'bandwidth', bytesPerSecond: 2000 }],
  ['slow-close', 'answers and ends the connection late', { kind: 'slow_close', ms: 1000 }],
  ['hang', 'takes the request and never answers (A37)', { kind: 'hang' }],
  ['reset', 'resets the connection in mid-headers (A34)', { kind: 'reset', afterBytes: 30 }],
  ['slice', 'answers in pieces of 40 bytes', { kind: 'slice', bytes: 40, everyMs: 20 }],
  ['limit', 'closes the connection in mid-headers (A34)', { kind: 'limit', bytes: 30 }],
];

const cookies = Array.from({ length: 200 }, (_, at) => `c${at}=${'v'.repeat(200)}`);
const headers = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-filler-${at}`, 'v'.repeat(200)]));

/** A34, A37 to A41: what comes of an answer on its way, and answers of a size or with headers that have side effects. */
export const hopToxics: readonly FaultScenario[] = [
  ...TOXICS.map(([name, about, toxic]) =>
    chainFault(`toxic-${name}`, `The discovery host ${about}.`, { discovery: { toxic } }),
  ),
  chainFault('enrichment-down', 'The enrichment host takes no connection (A34).', {
    enrichment: { toxic: { kind: 'down' } },
  }),
  chainFault('enrichment-resets', 'The enrichment host resets the connection without an answer (A34).', {
    enrichment: { toxic: { kind: 'reset', afterBytes: 0 } },
  }),
  chainFault('headers-dripped', 'A hop sends its headers a byte at a time, for ever (A38).', {
    discovery: {
      answer: { status: 302, headers: { 'x-drip': 'x'.repeat(100_000), location: '{next}' } },
      toxic: { kind: 'slice', bytes: 1, everyMs: 50 },
    },
  }),
  discoveryFault('body-of-a-gigabyte', 'A redirect has a body of a gigabyte (A39).', {
    ...redirectTo('{next}'),
    filler: 1_000_000_000,
  }),
  discoveryFault('page-without-end', 'A page is a gigabyte long (A39).', {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><title>Long</title>',
    filler: 1_000_000_000,
  }),
  discoveryFault(
    'cookies-and-headers',
    'A hop sets 200 cookies and sends a thousand headers (A40).',
    redirectTo('{next}', { 'set-cookie': cookies, ...headers(800) }),
  ),
  discoveryFault(
    'headers-too-large',
    'A hop sends more headers than a browser takes (A40).',
    redirectTo('{next}', headers(1800)),
  ),
  discoveryFault(
    'headers-with-effects',
    'A hop wants another protocol, other content rules and HSTS for itself (A41).',
    redirectTo('{next}', {
      'alt-svc': 'h3=":443"; ma=86400',
      'content-security-policy': "default-src 'none'",
      'strict-transport-security': 'max-age=1',
    }),
  ),
  chainFault('cookies-cleared', 'A hop has the browser forget the cookies of the operator (A41).', {
    identity: { answer: redirectTo('{next}', { 'clear-site-data': '"cookies"' }) },
  }),
];
