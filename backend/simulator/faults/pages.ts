import type { FaultScenario } from '../scenario.ts';
import { chainFault, discoveryFault, htmlPage, jsonAnswer, redirectTo } from './hop-answers.ts';

/** A21 to A24, A28, C14: something to look at where the silent chain wanted a redirect. */
export const pages: readonly FaultScenario[] = [
  discoveryFault(
    'page-consent',
    'The operator asks the person to agree to something (A21).',
    htmlPage('Your consent', '<p>The service wants to verify your number.</p><button>I agree</button>'),
  ),
  discoveryFault(
    'page-wait',
    'The operator asks the person to confirm on the SIM and to wait (A21).',
    htmlPage('One moment', '<p>Please wait. Confirm on your phone the message we sent to your SIM.</p>'),
  ),
  discoveryFault(
    'page-plain',
    'The operator shows a page that wants nothing (A21).',
    htmlPage('Maintenance', '<p>Our service is being improved.</p>'),
  ),
  discoveryFault('page-without-title', 'The operator shows a page of a few words and no title (A21).', {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: 'OK',
  }),
  discoveryFault(
    'page-refresh',
    'A page would go on by a meta refresh (A22).',
    htmlPage('Redirecting', '<meta http-equiv="refresh" content="0;url={next}">'),
  ),
  discoveryFault(
    'page-script',
    'A page would go on by a script (A22).',
    htmlPage('Redirecting', '<script>location.href = "{next}"</script>'),
  ),
  chainFault(
    'page-form-post',
    'A page would post the code to the client, as response_mode form_post does (A22, C14).',
    {
      continue: {
        answer: htmlPage(
          'Submit this form',
          '<form method="post" action="{redirect_uri}"><input type="hidden" name="code" value="{code}">' +
            '<input type="hidden" name="state" value="{state}"></form><script>document.forms[0].submit()</script>',
        ),
      },
    },
  ),
  discoveryFault(
    'json-error-200',
    'An error comes as JSON with status 200 (A23).',
    jsonAnswer(200, {
      error: 'NotSupportedOperatorMSISDN',
      error_description: 'The operator is not supported',
    }),
  ),
  discoveryFault('json-without-error', 'An answer is JSON and says nothing (A23).', jsonAnswer(200, {})),
  chainFault('redirect-uri-unregistered', 'The gateway does not know the redirect_uri (A24).', {
    authorize: {
      answer: jsonAnswer(400, { error: 'invalid_request', error_description: 'redirect_uri is invalid' }),
    },
  }),
  chainFault('client-unregistered', 'The gateway does not know the client (A24).', {
    authorize: {
      answer: jsonAnswer(400, {
        error: 'invalid_request',
        error_description: 'The client is not authorized to request an authorization code',
      }),
    },
  }),
  discoveryFault(
    'portal-redirect',
    'A Wi-Fi redirects to where one signs in (A28).',
    redirectTo('{portal}/login'),
  ),
  discoveryFault(
    'portal-511',
    'A Wi-Fi says that one has to sign in (A28, RFC 6585 §6).',
    htmlPage('Network Authentication Required', '<a href="{portal}/login">Sign in</a>', 511),
  ),
  discoveryFault('proxy-407', 'Something on the way wants to know who uses it as a proxy (A28).', {
    status: 407,
    headers: { 'proxy-authenticate': 'Basic realm="proxy"' },
  }),
];
