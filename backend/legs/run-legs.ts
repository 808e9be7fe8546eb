import type { CallbackRequest } from '#protocol/backend-api.ts';
import { failureOf } from '#protocol/failure.ts';
import { legOf } from '#protocol/run-reading.ts';

import { judgeCallback } from './callback/judge-callback.ts';
import { judgeChain } from './chain/judge-chain.ts';
import { judgeIdToken } from './id-token/judge-id-token.ts';
import { firstFailure, shownChecks } from './judged.ts';
import type { Granted, LegTools } from './leg-tools.ts';
import { judgeBinding } from './premiuminfo/binding.ts';
import { judgePremiuminfoAnswer } from './premiuminfo/judge-premiuminfo-answer.ts';
import { buildPremiuminfoRequest } from './premiuminfo/premiuminfo-request.ts';
import { endWithFault, finishLeg, sendRecorded, startLeg, startTokenLeg } from './recorded-leg.ts';
import { judgeTokenAnswer } from './token/judge-token-answer.ts';
import { buildTokenRequest } from './token/token-request.ts';

/** The sequence: what the browser brought, the code for tokens, the tokens for the answer. Each leg ends the run or hands on. */
export async function runLegs(submission: CallbackRequest, tools: LegTools): Promise<void> {
  const code = await authorizeLeg(submission, tools);
  if (code === null) return;
  const granted = await tokenLeg(code, tools);
  if (granted === null) return;
  await premiuminfoLeg(granted, submission.numberHash, tools);
}

async function authorizeLeg(submission: CallbackRequest, tools: LegTools): Promise<string | null> {
  const { journal, profile, values, pseudonyms } = tools;
  const callback = judgeCallback(submission.callbackUrl, profile, values, pseudonyms);
  journal.add({ type: 'phase', phase: 'code_received' });
  journal.add({ type: 'chain', hops: submission.hops, chainEnd: submission.chainEnd });
  const chain = judgeChain(journal.run, { ...submission, failure: null });
  const judged = [...chain, ...callback.judged];
  const failure = callback.failure ?? firstFailure(chain);
  journal.add({ type: 'checks', leg: 'authorize', checks: shownChecks(judged, pseudonyms) });
  finishLeg(tools, 'authorize', failure ? 'failed' : 'passed', 0);
  if (failure) {
    const hop = submission.hops.at(-1)?.index ?? null;
    const { operatorError } = callback;
    await journal.end('failed', failureOf(failure.code, { check: failure.check, hop, operatorError }));
    return null;
  }
  return callback.code;
}

async function tokenLeg(code: string, tools: LegTools): Promise<Granted | null> {
  const { journal, profile, values, pseudonyms } = tools;
  const codeVerifier = profile.pkce ? values.codeVerifier : null;
  const request = buildTokenRequest(profile, tools.clientSecret, {
    code,
    codeVerifier,
    correlationId: values.correlationId,
  });
  const started = await startTokenLeg(tools, code);
  if (started === null) {
    await journal.end('failed', failureOf('token.code_already_used'));
    return null;
  }
  const answer = await sendRecorded(tools, 'token', request);
  if (answer.kind === 'failed') return endWithFault(tools, 'token', started, answer.fault);

  const token = judgeTokenAnswer(answer, profile, values.correlationId, pseudonyms);
  const idToken = token.tokens
    ? await judgeIdToken(token.tokens.idToken, tools.keys, {
        profile,
        nonce: values.nonce,
        accessToken: token.tokens.accessToken,
        now: tools.now() / 1000,
        openedAt: (journal.run.events[0]?.at ?? journal.run.startedAt) / 1000,
        pseudonyms,
      })
    : { judged: [], sub: null };
  const judged = [...token.judged, ...idToken.judged];
  const failure = firstFailure(judged);
  journal.add({ type: 'checks', leg: 'token', checks: shownChecks(judged, pseudonyms) });
  finishLeg(tools, 'token', failure ? 'failed' : 'passed', started);
  if (failure || !token.tokens) {
    const { operatorError } = token;
    await journal.end(
      'failed',
      failureOf(failure?.code ?? 'token.not_conformant', {
        check: failure?.check ?? null,
        operatorError,
        ...(token.issued ? { codeSpent: 'yes' as const } : {}),
      }),
    );
    return null;
  }
  return { accessToken: token.tokens.accessToken, sub: idToken.sub };
}

async function premiuminfoLeg(granted: Granted, numberHash: string, tools: LegTools): Promise<void> {
  const { journal, profile, values, pseudonyms } = tools;
  const request = buildPremiuminfoRequest(profile, granted.accessToken, numberHash);
  const started = await startLeg(tools, 'premiuminfo', 'verifying');
  const answer = await sendRecorded(tools, 'premiuminfo', request);
  if (answer.kind === 'failed') return void (await endWithFault(tools, 'premiuminfo', started, answer.fault));

  const expected = { sub: granted.sub, correlationId: values.correlationId };
  const info = judgePremiuminfoAnswer(answer, profile, expected, pseudonyms);
  const judged = [...info.judged, judgeBinding(legOf(journal.run, 'premiuminfo').exchanges)];
  const failure = firstFailure(judged);
  journal.add({ type: 'checks', leg: 'premiuminfo', checks: shownChecks(judged, pseudonyms) });
  finishLeg(tools, 'premiuminfo', failure ? 'failed' : 'passed', started);
  if (failure || info.verified === null) {
    const { operatorError } = info;
    const code = failure?.code ?? 'premiuminfo.not_conformant';
    await journal.end('failed', failureOf(code, { check: failure?.check ?? null, operatorError }));
    return;
  }
  // Before the verdict is heard: whoever hears it may press the button at once.
  if (!info.verified && profile.hashDoctor) await tools.keepToken(granted);
  await journal.end(info.verified ? 'match' : 'no_match', null);
}
