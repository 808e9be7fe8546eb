import type { FaultScenario } from '../scenario.ts';
import { redirectTo } from './hop-answers.ts';

const leadsTo = (name: string, about: string, url: string): FaultScenario => ({
  name: `near-${name}`,
  about: `The code is led to ${about}.`,
  group: 'callback',
  hops: {
    continue: { answer: redirectTo(`${url}?code={code}&state={state}&correlation_id={correlation_id}`) },
  },
});

/** C12, C13: URLs that look like redirect_uri and are not, and two that do not look like it and are. */
export const nearMisses: readonly FaultScenario[] = [
  leadsTo(
    'prefix',
    'a host whose name begins with the client’s (C12)',
    '{rp_scheme}://{rp_host}.{other_host}{rp_port}/callback',
  ),
  leadsTo(
    'login',
    'a host, with the client’s name as the login (C12)',
    '{rp_scheme}://{rp_host}@{other_host}{rp_port}/callback',
  ),
  leadsTo('user-info', 'the client, with a login (C12)', '{rp_scheme}://me@{rp_host}{rp_port}/callback'),
  leadsTo('port', 'the client’s host at another port (C12)', '{rp_scheme}://{rp_host}:444/callback'),
  leadsTo('path', 'a longer path of the client (C12)', '{redirect_uri}/more'),
  leadsTo('slash', 'the client’s path with a slash behind it (C12)', '{redirect_uri}/'),
  leadsTo(
    'dot',
    'the client’s host with a dot behind it (C12)',
    '{rp_scheme}://{rp_host}.{rp_port}/callback',
  ),
  {
    ...leadsTo('http', 'the client in plain http (C13)', 'http://{rp_host}{rp_port}/callback'),
    tlsOnly: true,
  },
  leadsTo(
    'capitals',
    'the client’s host in capitals, which is the same (C12)',
    '{rp_scheme}://{rp_host_in_capitals}{rp_port}/callback',
  ),
  leadsTo(
    'dots',
    'the client by way of another path and back, which is the same (C12)',
    '{rp_scheme}://{rp_host}{rp_port}/x/%2e%2e/callback',
  ),
];
