import type { FaultScenario } from '../scenario.ts';
import { discoveryFault, redirectTo } from './hop-answers.ts';

const leadsTo = (name: string, about: string, location: string) =>
  discoveryFault(name, about, redirectTo(location));
/** Only with a browser that is told of the names, and TLS to break. */
const withTls = (fault: FaultScenario): FaultScenario => ({ ...fault, tlsOnly: true });

/** A33 to A36: hosts that no request reaches. */
export const unreachableHosts: readonly FaultScenario[] = [
  withTls(leadsTo('host-unknown', 'The next host’s name does not resolve (A33).', '{gone}/x')),
  leadsTo('host-refuses', 'The next host takes no connection (A34).', '{closed}/x'),
  discoveryFault('hop-drops', 'A hop drops the connection before a byte of its answer (A34).', 'reset'),
  leadsTo(
    'port-blocked',
    'The next URL has a port that browsers refuse to use (A35).',
    'http://{other_host}:6000/x',
  ),
  withTls(
    leadsTo(
      'tls-absent',
      'The next host speaks plain http where https was asked for (A36).',
      '{unencrypted}/x',
    ),
  ),
  withTls(
    leadsTo('tls-untrusted', 'The next host’s certificate is vouched for by nobody (A36).', '{untrusted}/x'),
  ),
  withTls(leadsTo('tls-refused', 'The next host breaks the TLS handshake off (A36).', '{no_handshake}/x')),
];
