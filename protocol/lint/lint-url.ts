import { acrValues } from './acr-values.ts';
import { address } from './address.ts';
import { correlationId } from './correlation-id.ts';
import type { LintFinding, LintLevel, LintRule } from './finding.ts';
import { givenAway } from './given-away.ts';
import { hints } from './hints.ts';
import { names } from './names.ts';
import { ofVersion } from './of-version.ts';
import { readPasted } from './pasted-url.ts';
import { pkce } from './pkce.ts';
import { prompt } from './prompt.ts';
import { redirectUri } from './redirect-uri.ts';
import { required } from './required.ts';
import { responseType } from './response-type.ts';
import { scope } from './scope.ts';
import { screen } from './screen.ts';
import { uiLocales } from './ui-locales.ts';
import { unguessable } from './unguessable.ts';
import { version } from './version.ts';

/** What gives something away comes before what is merely wrong. */
const RULES: LintRule[] = [
  givenAway,
  address,
  required,
  names,
  responseType,
  scope,
  version,
  ofVersion,
  unguessable,
  redirectUri,
  acrValues,
  prompt,
  screen,
  uiLocales,
  hints,
  correlationId,
  pkce,
];

const ORDER: LintLevel[] = ['error', 'warning', 'note'];

/** What is wrong with a URL before anyone walks it, the worst first. Pure: nothing is asked, nothing is kept. */
export function lintUrl(pasted: string): LintFinding[] {
  const read = readPasted(pasted);
  if (!read) return [{ code: 'not_a_url', level: 'error', where: null, given: [], clause: 'RFC 3986 §3' }];
  const found = RULES.flatMap((rule) => rule(read));
  return found.toSorted((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
}

/** Whether a walk could begin there at all: http or https, and no login that would be sent along. */
export function isWalkable(pasted: string): boolean {
  const url = readPasted(pasted)?.url;
  return (
    url !== undefined &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === ''
  );
}
