import type { FailureCode } from '#protocol/failure-catalogue.ts';

import { failed, type Judged, passed, type Rule, warned } from './judged.ts';

const RULE: Rule = { name: 'duplicate_members', severity: 'warn', clause: 'RFC 8259 §4' };

/** Members that an answer stands or falls with, and the failure of having one of them twice. */
export interface Decisive {
  names: readonly string[];
  code: FailureCode;
}

/** Two parsers may each believe another one of two members of the same name; ours takes the last, unless it decides the run. */
export function judgeMembers(json: string, decisive: Decisive | null = null): Judged {
  const twice = membersTwice(json);
  if (twice.length === 0) return passed(RULE);
  const shown = twice.slice(0, 8).map((name) => name.slice(0, 64));
  return decisive && twice.some((name) => decisive.names.includes(name))
    ? failed(RULE, decisive.code, 'each member once', shown.join(', '))
    : warned(RULE, 'each member once', shown.join(', '));
}

/** The names that an object has more than once at its top level. `json` has been parsed: it is an object, and valid. */
function membersTwice(json: string): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  let depth = 0;
  let nameNext = false;
  for (let at = 0; at < json.length; at += 1) {
    const char = json[at];
    if (char === '"') {
      const end = endOfString(json, at);
      if (nameNext) {
        // Parsed, because "a" and "\u0061" are one name.
        const name = JSON.parse(json.slice(at, end + 1)) as string;
        (seen.has(name) ? twice : seen).add(name);
        nameNext = false;
      }
      at = end;
    } else if (char === '{' || char === '[') {
      depth += 1;
      nameNext = depth === 1;
    } else if (char === '}' || char === ']') depth -= 1;
    else if (char === ',') nameNext = depth === 1;
  }
  return [...twice];
}

/** Where the string that begins at `start` has its closing quote. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}
