import { jsonReply } from '../replies.ts';
import type { EndpointOverride, FaultScenario } from '../scenario.ts';

const answered = (name: string, about: string, token: EndpointOverride): FaultScenario => ({
  name,
  group: 'token',
  about,
  token,
});

/** TK6 to TK13: the token endpoint answers 200, and what it says is wrong, odd or only unusual. */
export const tokenAnswers: readonly FaultScenario[] = [
  answered('token-web-page', 'The token endpoint answers with a web page (TK6).', {
    answer: { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Sign in</h1>' },
  }),
  answered('token-media-type', 'The tokens come as text/plain (TK7).', {
    headers: { 'content-type': 'text/plain' },
  }),
  answered('token-null', 'The token answer is null (TK8).', { answer: jsonReply(200, null) }),
  answered('token-array', 'The token answer is an array (TK8).', { answer: jsonReply(200, []) }),
  answered('token-text', 'The token answer is a JSON string (TK8).', { answer: jsonReply(200, 'x') }),
  answered('token-empty-object', 'The token answer is {} (TK8).', { answer: jsonReply(200, {}) }),
  answered('token-empty', 'The token answer has no body (TK8).', { text: () => '' }),
  answered('token-truncated', 'The token answer ends in the middle, in good order (TK8).', {
    text: (json) => json.slice(0, json.length / 2),
  }),
  answered('token-bom', 'The token answer begins with a byte order mark (TK8, RFC 8259 §8.1).', {
    text: (json) => `\uFEFF${json}`,
  }),
  answered('token-utf-16', 'The token answer is UTF-16 (TK8, RFC 8259 §8.1).', {
    text: (json) => [...json].map((one) => `${one}\0`).join(''),
  }),
  answered('token-duplicate-members', 'The token answer names members twice (TK8, RFC 8259 §4).', {
    text: (json) => json.replace('{', '{"access_token":"another","token_type":"MAC",'),
  }),
  answered('token-deep', 'The token answer holds 50,000 arrays in each other (TK8).', {
    text: (json) => json.replace('{', `{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)},`),
  }),
  answered('token-no-access-token', 'access_token is missing (TK9).', { body: { access_token: undefined } }),
  answered('token-access-token-number', 'access_token is a number (TK9).', { body: { access_token: 7 } }),
  answered('token-access-token-empty', 'access_token is empty (TK9).', { body: { access_token: '' } }),
  answered('token-access-token-100-kb', 'access_token has 100,000 characters (TK9).', {
    body: { access_token: 'a'.repeat(100_000) },
  }),
  answered('token-access-token-line-break', 'access_token would end the header it is sent in (TK9).', {
    body: { access_token: 'a\r\nx-injected: b' },
  }),
  answered('token-type-missing', 'token_type is missing (TK10).', { body: { token_type: undefined } }),
  answered('token-type-mac', 'token_type is MAC (TK10).', { body: { token_type: 'MAC' } }),
  answered('token-type-mixed-case', 'token_type is bEARER (TK10).', { body: { token_type: 'bEARER' } }),
  answered('token-expires-in-text', 'expires_in is the string "500" (TK11).', {
    body: { expires_in: '500' },
  }),
  answered('token-expires-in-negative', 'expires_in is -1 (TK11).', { body: { expires_in: -1 } }),
  answered('token-expires-in-absurd', 'expires_in is 1e308 (TK11).', { body: { expires_in: 1e308 } }),
  answered('token-expires-in-missing', 'expires_in is missing (TK11).', { body: { expires_in: undefined } }),
  answered('token-scope-narrower', 'Less scope than asked for is granted (TK12).', {
    body: { scope: 'openid' },
  }),
  answered('token-refresh-token', 'A refresh_token comes along (TK13).', {
    body: { refresh_token: 'a-refresh-token-that-nobody-asked-for' },
  }),
  answered('token-correlation-id-differs', 'correlation_id is that of another request.', {
    body: { correlation_id: '00000000-0000-4000-8000-000000000000' },
  }),
];
