import type { Environment } from './config.ts';
import { StartError } from './start-error.ts';

/** What examples and tutorials have where a secret belongs. */
const EXAMPLES: ReadonlySet<string> = new Set(
  ['changeme', 'changeit', 'clientsecret', 'yourclientsecret', 'yoursecret', 'yourpassword']
    .concat(
      'simulatedsecret',
      'password',
      'postgres',
      'example',
      'placeholder',
      'insertsecrethere',
      '12345678',
    )
    .map(lettersOf),
);
const SHORTEST = 8;

/**
 * Where several people rely on one backend, a secret that was never filled in is no reason to find out later. What
 * counts is that others can reach it (NV_PUBLIC_URL), and not NODE_ENV, which is forgotten as easily as the secret.
 */
export function refuseDefaultCredential(env: Environment, setting: string, secret: string): void {
  if (!env.NV_PUBLIC_URL) return;
  const isExample = EXAMPLES.has(lettersOf(secret)) || new Set(secret).size === 1;
  if (secret.length >= SHORTEST && !isExample) return;
  // Without the value, which may be half of the right one.
  throw new StartError(
    'config.default_credential',
    `${setting} holds ${isExample ? 'the text of an example' : `a secret of fewer than ${SHORTEST} characters`}, and NV_PUBLIC_URL lets others reach this backend. Put in the secret that was issued to you.`,
  );
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
