import fc from 'fast-check';

import { createPseudonyms, type Pseudonyms } from '#protocol/pseudonyms.ts';
import type * as redact from '#protocol/redact.ts';
import type * as redactBody from '#protocol/redact-body.ts';

import { anyText } from './fuzz.ts';

export type Redaction = Pick<typeof redact, 'redactUrl' | 'redactHeader' | 'redactText'> &
  Pick<typeof redactBody, 'redactBody'>;

/** Values as a run has them, by what they are called. */
const SECRETS: Record<string, string> = {
  code: 'SplxlOBeZQQYbYS6WxSbIA',
  state: 'af0ifjsl-dkj4-4f1a-9d55-f1b0f6f0c3aa',
  access_token: 'hIiC6ksKeD7olGcdW7-KcsKrX0kMEEm_NEtRdE2Le9k',
  client_secret: 'a-client-secret_2026.11~22',
  device_msisdn_hash: '01a03859d1dd000bb5f648c3e97dad6a3dae5f40b9d103769a68d316bd905559',
};
const OPEN = [
  'scope',
  'client_id',
  'error',
  'error_description',
  'redirect_uri',
  'correlation_id',
  'scenario',
  'iss',
];
const OPEN_HEADERS = [
  'server',
  'via',
  'x-vig-trace-id',
  'x-request-id',
  'content-type',
  'date',
  'retry-after',
];
const OTHERS = [
  'x',
  'ticket',
  'x-echo',
  'set-cookie',
  'cookie',
  'location',
  'authorization',
  'www-authenticate',
];

const secret = fc.constantFrom(...Object.keys(SECRETS));
const name = fc.oneof(
  fc.constantFrom(...OPEN, ...OPEN_HEADERS, ...OTHERS),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const around = fc.oneof(
  fc.constantFrom('', ' ', 'of ', ';', ',', '/', '|', '"', '='),
  fc.string({ maxLength: 6 }),
);
const quoted = fc
  .tuple(around, secret, around)
  .map(([before, which, after]) => before + SECRETS[which] + after);
const value = fc.oneof({ weight: 2, arbitrary: quoted }, anyText);
const pairs = fc.array(fc.tuple(name, value), { maxLength: 4 });

const url = fc
  .record({
    origin: fc.constantFrom(
      'https://a.example',
      'http://b.example:81',
      '',
      '//c.example',
      'myapp:',
      'https://u:p@d.example',
    ),
    path: fc
      .array(value.map(encodeSafely), { maxLength: 3 })
      .map((parts) => parts.map((part) => `/${part}`).join('')),
    query: pairs,
    fragment: fc.oneof(
      fc.constant(''),
      pairs.map((some) => `#${new URLSearchParams(some)}`),
      value.map((text) => `#${encodeSafely(text)}`),
    ),
  })
  .map(({ origin, path, query, fragment }) => `${origin}${path}?${new URLSearchParams(query)}${fragment}`);
const json = fc
  .dictionary(name, fc.oneof(value, fc.array(value, { maxLength: 2 }), pairs.map(Object.fromEntries)), {
    maxKeys: 4,
  })
  .map((one) => JSON.stringify(one));
const body = fc.oneof(
  { weight: 3, arbitrary: json },
  { weight: 1, arbitrary: fc.tuple(json, fc.nat({ max: 200 })).map(([whole, at]) => whole.slice(0, at)) },
  { weight: 1, arbitrary: value },
  { weight: 1, arbitrary: pairs.map((some) => String(new URLSearchParams(some))) },
);
const type = fc.constantFrom('application/json', 'text/html', '', 'application/x-www-form-urlencoded');

type Redact = (redaction: Redaction, pseudonyms: Pseudonyms) => (text: string) => string;
interface Shown {
  text: string;
  by: Redact;
}
const shown = (text: string, by: Redact): Shown => ({ text, by });
const how: fc.Arbitrary<Shown> = fc.oneof(
  url.map((text) =>
    shown(
      text,
      ({ redactUrl }, known) =>
        (one) =>
          redactUrl(one, known),
    ),
  ),
  fc.tuple(value, name).map(([text, header]) =>
    shown(
      text,
      ({ redactHeader }, known) =>
        (one) =>
          redactHeader(header, one, known),
    ),
  ),
  fc.tuple(body, type).map(([text, of]) =>
    shown(
      text,
      ({ redactBody }, known) =>
        (one) =>
          redactBody(one, of, known),
    ),
  ),
  value.map((text) =>
    shown(
      text,
      ({ redactText }, known) =>
        (one) =>
          redactText(one, known),
    ),
  ),
);

function encodeSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** A value that is known as a secret stands nowhere, however it is quoted; and redacting twice changes nothing. */
export function redactionProperty(redaction: Redaction): fc.IProperty<[Shown]> {
  return fc.property(how, ({ text, by }) => {
    const redacted = by(redaction, knowing(SECRETS))(text);
    for (const known of Object.values(SECRETS)) {
      if (redacted.includes(known)) throw new Error(`shows ${known}: ${redacted}`);
    }
    // By a table of its own, as when an exported record is read in again.
    const again = by(redaction, knowing(SECRETS))(redacted);
    if (again !== redacted) throw new Error(`not the same twice:\n${redacted}\n${again}`);
  });
}

function knowing(secrets: Record<string, string>): Pseudonyms {
  const pseudonyms = createPseudonyms();
  for (const [label, known] of Object.entries(secrets)) pseudonyms.of(label, known);
  return pseudonyms;
}
