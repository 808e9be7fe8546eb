import type { ExportWords, WordKinds } from '#protocol/exports/export-words.ts';

import { causeWords, failureWords, say } from '../words.ts';

type Wording = { [Kind in keyof WordKinds]: (code: WordKinds[Kind]) => string };

/** The words of a file are those of the screen. */
const WORDING: Wording = {
  label: (code) => say(`export_label.${code}`),
  verdict: (code) => (code === 'under_way' ? say('history.running') : say(`verdict_word.${code}`)),
  expectation: (code) => say(`expectation_word.${code}`),
  expected: (code) => say(`expected.${code}`),
  failure: failureWords,
  cause: (code) => causeWords(code).title,
  owner: (code) => say(`owner.${code}`),
  cure: (code) => say(`cure.${code}`),
  confidence: (code) => say(`confidence.${code}`),
  condition: (code) =>
    code === 'browser'
      ? say('filter.browser')
      : say(code === 'tag' ? 'export.tag' : `condition_label.${code}`),
  basis: (code) => say(code === 'stated' ? 'conditions.stated' : 'conditions.observed'),
  origin: (code) => say(`origin.${code}`),
  capture: (code) => say(`capture.${code}`),
  clean_start: (code) => say(`clean_start.${code}`),
  role: (code) => say(`role.${code}`),
  chain_end: (code) => say(`chain_end.${code}`),
  leg: (code) => say(`leg.${code}`),
  leg_outcome: (code) => say(`leg_outcome.${code}`),
  check_result: (code) => say(`check_result.${code}`),
};

export const fileWords: ExportWords = {
  locale: say('language'),
  word: (kind, code) => WORDING[kind](code),
};
