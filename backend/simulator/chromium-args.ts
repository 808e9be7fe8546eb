import { hostnameOf } from './hosts.ts';
import type { SimulatedOperator } from './simulated-operator.ts';

/** Leads Chromium to a simulated operator with real TLS and real HSTS, without touching the person's machine. */
export function chromiumArgs({ ports, spkiHash }: SimulatedOperator): string[] {
  // *.localhost needs no rules: browsers resolve it to loopback by themselves (RFC 6761 §6.3).
  if (ports.tls === null || spkiHash === null) return [];
  const served = ['*.operator.test', '*.relying-party.test', hostnameOf('portal', 'tls')];
  // The first rule that fits a name counts.
  const rules = [
    `MAP ${hostnameOf('gone', 'tls')} ^NOTFOUND`,
    `MAP ${hostnameOf('closed', 'tls')} 127.0.0.1:${ports.closed}`,
    `MAP ${hostnameOf('unencrypted', 'tls')}:443 127.0.0.1:${ports.http}`,
    ...served.flatMap((host) => [
      `MAP ${host}:80 127.0.0.1:${ports.http}`,
      `MAP ${host}:443 127.0.0.1:${ports.tls}`,
    ]),
  ];
  return [`--host-resolver-rules=${rules.join(', ')}`, `--ignore-certificate-errors-spki-list=${spkiHash}`];
}
