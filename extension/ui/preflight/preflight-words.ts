import browser from 'webextension-polyfill';

import { say } from '../words.ts';
import type { PreflightRow } from './preflight-rows.ts';

/** The sentence of a row. Those of one list take different numbers of fillings, which `say` cannot know. */
export function rowWords({ code, given }: PreflightRow): string {
  return filled(`preflight.${code}`, given);
}

/** What goes into the one line: what is wrong, or that nothing was seen to be. */
export function briefly(rows: readonly PreflightRow[]): string[] {
  const wrong = rows.filter(({ level }) => level === 'bad');
  if (wrong.length > 0) return wrong.map((row) => short(row));
  return rows
    .filter(({ name, code }) => name === 'backend' || IN_THE_LINE.includes(code))
    .map((row) => short(row));
}

/** Of what is good or not known, what is worth the room. */
const IN_THE_LINE: PreflightRow['code'][] = ['hosts_allowed', 'hosts_ask', 'upgrade_stayed'];

function short({ name, level, code, given }: PreflightRow): string {
  // Where the backend is has no room in the line, as long as it may be there.
  if (name === 'backend' && level === 'good') return say('preflight_short.backend_ok');
  return filled(`preflight_short.${code}`, given);
}

function filled(key: string, given: string[]): string {
  return browser.i18n.getMessage(key.replaceAll('.', '_'), given);
}

/** The one thing that no browser can see, asked as a question. */
export function hint(simulated: boolean): string {
  return say(simulated ? 'form.simulated_hint' : 'form.wifi_hint');
}
