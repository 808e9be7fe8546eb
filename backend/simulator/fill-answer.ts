import type { Call } from './call.ts';
import { issueCode } from './issue-code.ts';
import type { OperatorState } from './operator-state.ts';
import type { Answer } from './scenario.ts';
import type { Session } from './sessions.ts';

/** What a scenario's answer may name in braces, and what then stands there. */
export interface Blanks {
  call: Call;
  session: Session;
  operator: OperatorState;
  /** The URL of the hop that would come next. */
  next: string;
}

const blanks: Record<string, (known: Blanks) => string> = {
  redirect_uri: ({ operator }) => operator.addresses.redirectUri,
  rp_scheme: (known) => redirectUri(known).protocol.slice(0, -1),
  rp_host: (known) => redirectUri(known).hostname,
  /** With its colon. */
  rp_port: (known) => redirectUri(known).host.slice(redirectUri(known).hostname.length),
  rp_host_in_capitals: (known) => redirectUri(known).hostname.toUpperCase(),
  state: ({ session }) => session.request.state,
  state_in_capitals: ({ session }) => session.request.state.toUpperCase(),
  correlation_id: ({ session }) => session.request.correlationId ?? '',
  issuer: ({ operator }) => operator.issuer,
  /** A code that the token endpoint would take. */
  code: ({ session, operator }) => issueCode(session, operator) ?? '',
  next: ({ next }) => next,
  next_relative: ({ next }) => next.replace(/^https?:/, ''),
  /** What this hop was asked with. */
  query: ({ call }) => call.rawQuery,
  here: ({ call }) => urlOf(call),
  /** The same in http for https, and the other way round. */
  flipped: ({ call }) => urlOf({ ...call, overTls: !call.overTls }),
  operator_domain: ({ operator }) => new URL(operator.addresses.origin('other')).host.replace('other.', ''),
  other_host: ({ operator }) => new URL(operator.addresses.origin('other')).hostname,
  other: ({ operator }) => operator.addresses.origin('other'),
  gone: ({ operator }) => operator.addresses.origin('gone'),
  closed: ({ operator }) => operator.addresses.origin('closed'),
  unencrypted: ({ operator }) => operator.addresses.origin('unencrypted'),
  untrusted: ({ operator }) => operator.addresses.origin('untrusted'),
  no_handshake: ({ operator }) => operator.addresses.origin('no-handshake'),
  portal: ({ operator }) => operator.addresses.origin('portal'),
  /** The gateway's name with a Cyrillic letter, as the bytes a header has. */
  homograph: ({ operator }) =>
    Buffer.from(operator.addresses.api('').replace('//api', '//\u0430pi')).toString('latin1'),
};

/** The answer with its blanks filled; a word in braces that is none of them stays. */
export function fillAnswer(answer: Answer, known: Blanks): Answer {
  if (typeof answer === 'string') return answer;
  const fill = (text: string) =>
    text.replace(/\{([a-z_]+)\}/g, (whole, name) => blanks[name]?.(known) ?? whole);
  if ('raw' in answer) return { raw: fill(answer.raw) };
  const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? fill(value) : value.map(fill),
  ]);
  return {
    ...answer,
    headers: Object.fromEntries(headers),
    ...(answer.body === undefined ? {} : { body: fill(answer.body) }),
  };
}

function redirectUri({ operator }: Blanks): URL {
  return new URL(operator.addresses.redirectUri);
}

function urlOf({ overTls, headers, path, rawQuery }: Call): string {
  return `http${overTls ? 's' : ''}://${headers.host}${path}?${rawQuery}`;
}
