/** Looks for the secrets of a bench or a stage in all that it left behind. */
import { createHash } from 'node:crypto';

import type { SimulatedOperator } from '../../backend/simulator/simulated-operator.ts';
import type { RunStore, StoredRun } from '../../backend/store/run-store.ts';

/** Letters by which a secret is looked up before it is compared: no real one is shorter. */
const KEY = 8;

/** What must be nowhere: all that this operator ever issued, the client's secret, the numbers and their hashes. */
export function secretsOf(operator: SimulatedOperator, ...own: string[]): string[] {
  const numbers = operator.scenarios.flatMap(({ number }) => [
    number.slice(1),
    hashOf(number),
    hashOf(number.slice(1)),
  ]);
  const credentials = [operator.client.id, operator.client.secret].map(encodeURIComponent).join(':');
  return inAllForms([...operator.issuedSecrets(), ...numbers, ...own, credentials]);
}

export function inAllForms(secrets: readonly string[]): string[] {
  return [...new Set(secrets.flatMap(formsOf))].filter(({ length }) => length >= KEY);
}

/** As it is, as it travels in a URL or a form, and in base64 of either alphabet. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    bytes.toString('base64url'),
    bytes.toString('base64').replace(/=+$/, ''),
  ];
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Throws at the first secret, or anything signed, that stands in `text`. */
export function refuseSecrets(where: string, text: string, secrets: readonly string[]): void {
  const byStart = Map.groupBy(secrets, (secret) => secret.slice(0, KEY));
  for (let at = 0; at + KEY <= text.length; at += 1) {
    const found = byStart.get(text.slice(at, at + KEY))?.find((secret) => text.startsWith(secret, at));
    if (found) throw new Error(`A secret is in ${where}: …${text.slice(Math.max(0, at - 120), at + 60)}…`);
  }
  const jwt = /eyJ[\w-]{10,}\.[\w-]{10,}/.exec(text);
  if (jwt)
    throw new Error(`A JWT is in ${where}: …${text.slice(Math.max(0, jwt.index - 120), jwt.index + 60)}…`);
}

/** A store that knows every run it was given, so that all of them can be looked through at the end. */
export function watchStore(store: RunStore): RunStore & { all(): Promise<StoredRun[]> } {
  const ids = new Set<string>();
  return {
    ...store,
    create(run, created, digest) {
      ids.add(run.id);
      return store.create(run, created, digest);
    },
    async all() {
      const runs = await Promise.all([...ids].map((id) => store.read(id)));
      return runs.filter((run) => run !== null);
    },
  };
}
