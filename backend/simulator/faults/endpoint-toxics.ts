import type { Answer, EndpointOverride, FaultScenario, Toxic } from '../scenario.ts';
import { gzipBomb } from './gzip-bomb.ts';

type Endpoint = 'token' | 'premiuminfo';

/** What an unsound network does to the answer of either endpoint, with its row at the token leg (P10 has them all). */
const TOXICS: [name: string, about: string, toxic: Toxic][] = [
  ['latency', 'answers a second and a half late (P13)', { kind: 'latency', ms: 1500 }],
  ['down', 'takes no connection (TK18)', { kind: 'down' }],
  ['bandwidth', 'answers at 4 kB a second', { kind: 'bandwidth', bytesPerSecond: 4000 }],
  ['drip', 'answers twenty bytes a second (TK21)', { kind: 'bandwidth', bytesPerSecond: 20 }],
  ['slow-close', 'answers and ends the connection late', { kind: 'slow_close', ms: 300 }],
  ['hang', 'takes the request and never answers (TK20)', { kind: 'hang' }],
  ['reset', 'resets the connection in mid-answer (TK22)', { kind: 'reset', afterBytes: 40 }],
  ['reset-at-once', 'resets the connection before a byte of answer (TK22)', { kind: 'reset', afterBytes: 0 }],
  ['slice', 'answers in pieces of 50 bytes', { kind: 'slice', bytes: 50, everyMs: 5 }],
  ['limit-in-head', 'closes the connection in mid-header (TK22)', { kind: 'limit', bytes: 60 }],
];

/** Bytes of an answer with its head and part of its body. */
const MID_BODY: Record<Endpoint, number> = { token: 600, premiuminfo: 220 };

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const body = '{"access_token":"a","token_type":"Bearer"}';
const raw = (text: string): Answer => ({ raw: text });

/** TK23 to TK25: answers that break HTTP, or are larger than any answer may be. */
const ANSWERS: [name: string, about: string, answer: Answer][] = [
  [
    'length-too-small',
    'sends more than its Content-Length says (TK23)',
    raw(`${head}content-length: 20\r\n\r\n${body}`),
  ],
  [
    'length-too-large',
    'sends less than its Content-Length says (TK23)',
    raw(`${head}content-length: 500\r\n\r\n${body}`),
  ],
  [
    'length-and-chunked',
    'gives a length and chunks at once (TK23)',
    raw(`${head}content-length: 42\r\ntransfer-encoding: chunked\r\n\r\n2a\r\n${body}\r\n0\r\n\r\n`),
  ],
  ['bad-header', 'sends a header that is none (TK23)', raw(`${head}no colon here\r\n\r\n${body}`)],
  ['no-http', 'speaks another protocol (TK23)', raw('220 smtp.operator.test ESMTP\r\n')],
  [
    'large-header',
    'sends a header of 20 kB (TK24)',
    { status: 200, headers: { 'x-large': 'a'.repeat(20_000) }, body },
  ],
  ['large-body', 'sends 5 MB (TK25)', { status: 200, filler: 5_000_000 }],
  ['gzip-bomb', 'sends 50 kB of gzip that would unpack to 50 MB (TK25)', gzipBomb()],
];

/** The eight toxics of Toxiproxy and the broken answers, at either endpoint. */
export const endpointToxics: readonly FaultScenario[] = (['token', 'premiuminfo'] as const).flatMap(
  (endpoint) => [
    at(endpoint, 'limit', 'closes the connection in mid-body (TK22)', {
      toxic: { kind: 'limit', bytes: MID_BODY[endpoint] },
    }),
    // No request of its gets through while it is down, so none is answered otherwise than well.
    at(endpoint, 'down-for-a-moment', 'takes no connection for half a second (TK18)', {
      toxic: { kind: 'down', forMs: 500 },
      times: 0,
    }),
    ...TOXICS.map(([name, about, toxic]) => at(endpoint, name, about, { toxic })),
    ...ANSWERS.map(([name, about, answer]) => at(endpoint, name, about, { answer })),
  ],
);

function at(endpoint: Endpoint, name: string, what: string, override: EndpointOverride): FaultScenario {
  const about = `${endpoint === 'token' ? 'The token endpoint' : 'premiuminfo'} ${what}.`;
  return { name: `${endpoint}-${name}`, group: endpoint, about, [endpoint]: override };
}
