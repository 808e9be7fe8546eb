import type { SimulatedOperator } from './simulated-operator.ts';

/** Leads Chromium to a simulated operator with real TLS and real HSTS, without touching the person's machine. */
export function chromiumArgs({ ports, spkiHash }: SimulatedOperator): string[] {
  // *.localhost needs no rules: browsers resolve it to loopback by themselves (RFC 6761 §6.3).
  if (ports.tls === null || spkiHash === null) return [];
  const rules = ['*.operator.test', '*.relying-party.test'].flatMap((host) => [
    `MAP ${host}:80 127.0.0.1:${ports.http}`,
    `MAP ${host}:443 127.0.0.1:${ports.tls}`,
  ]);
  return [`--host-resolver-rules=${rules.join(', ')}`, `--ignore-certificate-errors-spki-list=${spkiHash}`];
}
