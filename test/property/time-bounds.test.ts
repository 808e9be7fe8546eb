/** What takes its time grows with what an operator sends, and a deadline ends no loop of ours: none may grow faster. */
import { describe, expect, test } from 'vitest';

import { createPseudonyms } from '#protocol/pseudonyms.ts';
import { redactHeader, redactText, redactUrl } from '#protocol/redact.ts';
import { redactBody } from '#protocol/redact-body.ts';

import { judgeCallback } from '../../backend/legs/callback/judge-callback.ts';
import { deriveValues } from '../../backend/legs/derived-values.ts';
import { readJsonObject } from '../../backend/legs/json-answer.ts';
import { readPage } from '../../extension/walker/read-page.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { profileAt, REDIRECT_URI } from '../support/fixtures.ts';

/** Characters that the backend takes of an answer, and of a callback URL. */
const ANSWER = 262_144;
const URL_LENGTH = 65_536;
/** Milliseconds of processor time; what is quadratic takes ten times as long. */
const SOON = 2500;

const filled = (piece: string, length: number) => piece.repeat(Math.floor(length / piece.length));
const many = (count: number, made: (at: string) => string, by: string) =>
  Array.from({ length: count }, (_, at) => made(at.toString(36))).join(by);

/** Shapes that keep patterns and loops busy. */
function shapes(length: number): [string, string][] {
  const pieces = [
    '[',
    '{"a":',
    '"',
    '"a',
    '"a":"b',
    '\\',
    '0',
    '+1 ',
    'a1',
    'eyJ',
    'eyJa.',
    '%41',
    '‹a:1›',
    '<',
    '&#',
    '<title',
    '<input ',
    '<input name="',
    ' ',
  ];
  return [
    ...pieces.map((piece): [string, string] => [`${piece} over and over`, filled(piece, length)]),
    ['members', `{${many(length / 30, (at) => `"m${at}":"value-of-${at}-1"`, ',')}}`],
    ['words', many(length / 24, (at) => `made-up-word-1-${at}`, ' ')],
    ['pairs', many(length / 16, (at) => `n${at}=value${at}`, '&')],
    ['names', many(length / 5, (at) => at, '&')],
    ['segments', many(length / 32, (at) => `made-up-segment-1-${at}/a/b`, '/')],
    ['depth', '['.repeat(length / 2) + ']'.repeat(length / 2)],
  ];
}

async function soon(act: () => unknown): Promise<void> {
  expect(await cpuMs(act)).toBeLessThan(SOON);
}

describe('however an answer of 256 KB is made, in a moment it is', () => {
  test.each(shapes(ANSWER))('recorded: %s (TK8, TK25)', (_name, body) =>
    soon(() => {
      redactBody(body, 'application/json', createPseudonyms());
      redactBody(body, 'application/x-www-form-urlencoded', createPseudonyms());
      redactText(body, createPseudonyms());
    }),
  );

  test.each(shapes(ANSWER))('read as JSON: %s (TK8)', (_name, body) => soon(() => readJsonObject(body)));

  test.each(shapes(ANSWER))('read as a page: %s (A21)', (_name, body) =>
    soon(() => readPage(new Response(body, { headers: { 'content-type': 'text/html' } }))),
  );
});

describe('however a URL of 64 KB is made, in a moment it is', () => {
  const profile = profileAt('https://api.example');
  const values = deriveValues(Buffer.alloc(32, 3), 'a run');

  test.each(shapes(URL_LENGTH))('judged: %s (C1, C3)', (_name, query) =>
    soon(() => {
      const url = `${REDIRECT_URI}?state=${values.state}&code=x&${query}`;
      judgeCallback(url, profile, values, createPseudonyms());
    }),
  );

  test.each(shapes(URL_LENGTH / 4))('recorded as the header it came in: %s (A11)', (_name, text) =>
    soon(() => {
      redactUrl(`https://a.example/${text}`, createPseudonyms());
      redactUrl(`https://a.example/?${text}#${text}`, createPseudonyms());
      for (const name of ['location', 'set-cookie', 'cookie', 'server', 'x-other', 'authorization']) {
        redactHeader(name, text, createPseudonyms());
      }
    }),
  );
});
