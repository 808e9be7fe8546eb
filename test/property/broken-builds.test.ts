/** The properties, held against builds in which one check is missing: each has to notice. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type BrokenBuild, breakBuild, type Edit } from '../support/broken-build.ts';
import { type LegBench, openLegBench } from '../support/leg-bench.ts';
import { premiuminfoProperty, tokenProperty } from './backend-answer-property.ts';
import { callbackProperty } from './callback-property.ts';
import { fuzz } from './fuzz.ts';
import { idTokenProperty } from './id-token-property.ts';
import { decisionProperty } from './location-property.ts';
import { redactionProperty } from './redaction-property.ts';
import { wholeRunProperty } from './whole-run-property.ts';

let bench: LegBench;
beforeAll(async () => {
  bench = await openLegBench();
});
afterAll(() => bench?.close());

type Properties = (build: BrokenBuild) => Promise<fc.IRawProperty<never>>;
const property = (made: unknown) => made as fc.IRawProperty<never>;

const wholeRun: Properties = async (build) => {
  const { carryFromCallback } =
    await build.import<typeof import('../../backend/legs/carry-run.ts')>('backend/legs/carry-run.ts');
  return property(
    wholeRunProperty(bench, carryFromCallback, { match: 0, failed: 0, unknown: 0, no_match: 0 }),
  );
};
const callback: Properties = async (build) => {
  const { judgeCallback } = await build.import<
    typeof import('../../backend/legs/callback/judge-callback.ts')
  >('backend/legs/callback/judge-callback.ts');
  return property(callbackProperty(judgeCallback));
};
const idToken: Properties = async (build) => {
  const { judgeIdToken } = await build.import<typeof import('../../backend/legs/id-token/judge-id-token.ts')>(
    'backend/legs/id-token/judge-id-token.ts',
  );
  return property(idTokenProperty(judgeIdToken));
};
const token: Properties = async (build) => {
  const { judgeTokenAnswer } = await build.import<
    typeof import('../../backend/legs/token/judge-token-answer.ts')
  >('backend/legs/token/judge-token-answer.ts');
  return property(tokenProperty(judgeTokenAnswer));
};
const premiuminfo: Properties = async (build) => {
  const { judgePremiuminfoAnswer } = await build.import<
    typeof import('../../backend/legs/premiuminfo/judge-premiuminfo-answer.ts')
  >('backend/legs/premiuminfo/judge-premiuminfo-answer.ts');
  return property(premiuminfoProperty(judgePremiuminfoAnswer));
};
const decision: Properties = async (build) => {
  const { decideNext } = await build.import<typeof import('../../extension/walker/decide-next.ts')>(
    'extension/walker/decide-next.ts',
  );
  return property(decisionProperty(decideNext));
};
const redaction: Properties = async (build) => {
  const text = await build.import<typeof import('#protocol/redact.ts')>('protocol/redact.ts');
  const body = await build.import<typeof import('#protocol/redact-body.ts')>('protocol/redact-body.ts');
  return property(redactionProperty({ ...text, ...body }));
};

const NONCE: Edit = {
  file: 'backend/legs/id-token/nonce.ts',
  find: 'if (claims.nonce === nonce)',
  replace: 'if (claims.nonce !== undefined)',
};
const AT_HASH: Edit = {
  file: 'backend/legs/id-token/at-hash.ts',
  find: 'return claims.at_hash === expected',
  replace: 'return true',
};
const AUDIENCE: Edit = {
  file: 'backend/legs/id-token/aud.ts',
  find: 'audiences.includes(profile.clientId) && others.length === 0',
  replace: 'audiences.includes(profile.clientId)',
};
const EXPIRY: Edit = {
  file: 'backend/legs/id-token/exp.ts',
  find: 'return exp + LEEWAY > now',
  replace: 'return true',
};
const SIGNATURE: Edit = {
  file: 'backend/legs/id-token/signature.ts',
  find: '    await verify(idToken.raw, keys);\n',
  replace: '',
};
const STATE: Edit = {
  file: 'backend/legs/callback/state.ts',
  find: 'if (!equalInConstantTime(state, issued))',
  replace: 'if (state === null)',
};
const BOOLEAN: Edit = {
  file: 'backend/legs/premiuminfo/judge-premiuminfo-answer.ts',
  find: 'const result = json[profile.resource.resultField];',
  replace:
    "const result = json[profile.resource.resultField] === 'true' || json[profile.resource.resultField];",
};
const SUBJECT: Edit = {
  file: 'backend/legs/premiuminfo/sub.ts',
  find: 'if (sub === expected) return',
  replace: "if (typeof sub === 'string') return",
};
const PREFIX: Edit = {
  file: 'protocol/redirect-uri.ts',
  find: 'if (!here || !registered) return false;',
  replace: 'if (candidate.startsWith(redirectUri)) return true;\n  if (!here || !registered) return false;',
};
const TOKEN_TYPE: Edit = {
  file: 'backend/legs/token/token-type.ts',
  find: "type.toLowerCase() === 'bearer'",
  replace: "type !== ''",
};
const COVER: Edit = {
  file: 'protocol/redact.ts',
  find: 'maskShapes(pseudonyms.cover(part), pseudonyms)',
  replace: 'maskShapes(part, pseudonyms)',
};

const PROPERTIES = { callback, decision, idToken, premiuminfo, redaction, token, wholeRun };
/** Which of them have to notice, and from which seed each does so within a few tries; from another it takes hundreds. */
type Noticing = Partial<Record<keyof typeof PROPERTIES, number>>;

test.each<[string, Edit, Noticing]>([
  ['nonce is not compared', NONCE, { idToken: 1, wholeRun: 44 }],
  ['at_hash is not compared', AT_HASH, { idToken: 37, wholeRun: 123 }],
  ['a stranger may be in aud', AUDIENCE, { idToken: 8 }],
  ['an id_token never expires', EXPIRY, { idToken: 3 }],
  ['signatures are not verified', SIGNATURE, { idToken: 1, wholeRun: 583 }],
  ['state is not compared', STATE, { callback: 1, wholeRun: 841 }],
  ['the string "true" is a yes', BOOLEAN, { premiuminfo: 46, wholeRun: 97 }],
  ['an answer about another subject is taken', SUBJECT, { premiuminfo: 2, wholeRun: 1011 }],
  ['redirect_uri is compared by prefix', PREFIX, { callback: 1, decision: 1 }],
  ['any token type is one', TOKEN_TYPE, { token: 10 }],
  ['known secrets are not covered', COVER, { redaction: 1 }],
])('a build in which %s is noticed', { timeout: 120_000 }, async (_name, edit, noticing) => {
  const build = breakBuild(edit);
  try {
    for (const [name, seed] of Object.entries(noticing)) {
      const broken = await PROPERTIES[name as keyof typeof PROPERTIES](build);
      const { failed } = await fc.check(broken, { ...fuzz(4000, seed), endOnFailure: true });
      expect(failed, `the property of ${name}`).toBe(true);
    }
  } finally {
    build.remove();
  }
});

test('a check that has moved is not broken in silence', () => {
  expect(() => breakBuild({ ...NONCE, find: 'no such text' })).toThrow(/stands 0 times/);
  expect(() => breakBuild({ ...NONCE, find: 'claims' })).toThrow(/stands [2-9] times/);
});
