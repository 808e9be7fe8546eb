/** What the second host of an evil chain does: the pieces, and the scripts that take more than one. */
import { type Answer, type Asked, body, drip, endlessBody, head, redirect } from './evil-chain-server.ts';

export const H2 = 'http://h2.operator.test';
export const CALLBACK = 'https://app.relying-party.test/callback';

export const html = (status: number, text: string) => () => body(status, 'text/html', text);
export const json = (status: number, value: unknown) => () =>
  body(status, 'application/json', JSON.stringify(value));
export const to = (location: string) => () => redirect(location);
export const status =
  (code: number, ...headers: string[]) =>
  () =>
    head(code, ...headers);

/** To redirect_uri, with the state of the run. */
export const back = (query: string) => (asked: Asked) => redirect(`${CALLBACK}?state=${asked.state}${query}`);
/** A code of ours, led somewhere else. */
export const astray = (url: string) => (asked: Asked) =>
  redirect(`${url}?code=code-one&state=${asked.state}`);

export const REFRESHING = html(
  200,
  '<meta http-equiv="refresh" content="0;url=/next"><script>location="/next"</script>',
);
export const SELF_POSTING = html(
  200,
  '<body onload="document.forms[0].submit()"><form method="post" action="/x"></form>',
);
/** Ends a chain that was walked to its end: an error at redirect_uri, which counts only with our state. */
const end = back('&error=server_error');
const cookies = Array.from({ length: 200 }, (_, at) => `Set-Cookie: c${at}=${'v'.repeat(200)}`);
const headers = Array.from({ length: 1500 }, (_, at) => `X-Filler-${at}: ${'v'.repeat(20)}`);

export const SCRIPTS: Record<string, Answer> = {
  silent: () => undefined,
  dripping: drip,
  unregistered: json(400, { error: 'invalid_request', error_description: 'redirect_uri is invalid' }),
  'bad-gateway': html(502, '<title>Bad gateway</title>'),
  relative: (asked) => (asked.url.pathname === '/on' ? end(asked) : redirect('/on?x=1')),
  'two-cycle': ({ url }) => redirect(url.pathname === '/a' ? '/b' : '/a'),
  'cookie-between': (asked) => (asked.cookie ? end(asked) : redirect(asked.url.href, 'Set-Cookie: seen=1')),
  'too-many': ({ hop }) => redirect(`/hop/${hop}`),
  methods: (asked) => {
    const code = [301, 303, 307, 308][asked.hop - 2];
    return code ? head(code, `Location: /m/${asked.hop}`) : end(asked);
  },
  'endless-body': (asked, socket) => (asked.url.pathname === '/on' ? end(asked) : endlessBody('/on', socket)),
  'long-locations': (asked) => (asked.hop > 4 ? head(502) : redirect(`/${asked.hop}/${'a/'.repeat(32_000)}`)),
  'longest-location': (asked) => redirect(`/${'a'.repeat(66_000)}?state=${asked.state}`),
  'much-in-headers': (asked) =>
    asked.hop > 5 ? head(502) : redirect(`/${asked.hop}`, ...cookies, ...headers),
};

/** The scripts as the server plays them: the authorize host only leads on to the second one. */
export function afterFirst(scripts: Record<string, Answer>): Record<string, Answer> {
  const onward =
    (answer: Answer): Answer =>
    (asked, socket) =>
      asked.hop === 1 ? redirect(`${H2}/start`) : answer(asked, socket);
  return Object.fromEntries(Object.entries(scripts).map(([name, answer]) => [name, onward(answer)]));
}
