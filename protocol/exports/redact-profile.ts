import type { Profile } from '../profile.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { redactText, redactUrl } from '../redact.ts';
import type { Run } from '../run.ts';

/**
 * A run's profile as it leaves the product. It has no secret, but it can have been imported. Of the simulated operator's
 * scenarios the run's own stays, with the run's masked number: exports show no other form of a number.
 */
export function redactProfile({ profile, scenario, number }: Run, pseudonyms: Pseudonyms): Profile {
  const text = (value: string) => redactText(value, pseudonyms);
  const maybe = (value: string | null) => value && text(value);
  const url = (value: string) => redactUrl(value, pseudonyms);
  return {
    ...profile,
    // Cut, because a stand-in can be longer than what it stands for.
    name: text(profile.name).slice(0, 80),
    authorizeUrl: url(profile.authorizeUrl),
    tokenUrl: url(profile.tokenUrl),
    resource: {
      ...profile.resource,
      url: url(profile.resource.url),
      resultField: text(profile.resource.resultField),
    },
    scope: text(profile.scope),
    acrValues: maybe(profile.acrValues),
    version: maybe(profile.version),
    issuer: maybe(profile.issuer),
    jwksUrl: profile.jwksUrl && url(profile.jwksUrl),
    redirectUri: url(profile.redirectUri),
    accepted: profile.accepted.map((one) => ({
      check: text(one.check),
      reason: text(one.reason),
      date: text(one.date),
    })),
    simulator: profile.simulator && {
      scenarios: profile.simulator.scenarios
        .filter(({ name }) => name === scenario)
        .map((own) => ({ ...own, about: text(own.about), number: number?.mask ?? '' })),
    },
  };
}
