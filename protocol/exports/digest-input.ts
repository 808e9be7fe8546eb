import type { Run } from '../run.ts';
import { canonicalJson } from './canonical-json.ts';
import { redactRun } from './redact-run.ts';

/**
 * The text whose hash tells whether two records are one run (E11): what a file carries of it, and not how it got here.
 * An exported run and the same run imported again have the same.
 */
export function digestInput(run: Run): string {
  const { origin: _origin, ...content } = redactRun(run);
  return canonicalJson(content);
}

/**
 * The text whose SHA-256 names a profile in exports: all that steers a run. The client id is part of it, because
 * operators enable clients one by one; the display name and the list of scenarios steer nothing.
 */
export function profileDigestInput(run: Run): string {
  const { name: _name, simulator, ...steering } = redactRun(run).profile;
  return canonicalJson({ ...steering, simulated: simulator !== null });
}
