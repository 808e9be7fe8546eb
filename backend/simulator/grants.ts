import { createExpiringMap } from './expiring-map.ts';
import type { Scenario } from './scenario.ts';
import type { AuthorizeRequest } from './sessions.ts';
import { opaqueValue } from './sessions.ts';
import type { Subscriber } from './subscribers.ts';

/** What one code stands for, and what became of it. */
export interface Grant {
  scenario: Scenario;
  subscriber: Subscriber;
  request: AuthorizeRequest;
  clientId: string;
  redirectUri: string;
  authTime: number;
  codeExpiresAt: number;
  codeUsed: boolean;
  accessToken: string | null;
  /** Requests seen per endpoint, for answers that hold only the first times. */
  seen: { token: number; premiuminfo: number };
}

export interface Grants {
  issueCode(grant: Pick<Grant, 'scenario' | 'subscriber' | 'request' | 'clientId' | 'redirectUri'>): string;
  byCode(code: string): Grant | undefined;
  issueToken(grant: Grant): string;
  revoke(grant: Grant): void;
  byToken(token: string): Grant | undefined;
  /** The grant of the last code that was redeemed. */
  lastRedeemed(): Grant | undefined;
  /** Codes and access tokens, good or not any more. */
  issued(): string[];
}

/** RFC 6749 §4.1.2 recommends at most 10 minutes; operators are far stricter. */
const codeLifeMs = 60_000;
export const tokenLifeSeconds = 300;

export function createGrants(): Grants {
  const codes = createExpiringMap<Grant>(10 * 60_000);
  const tokens = createExpiringMap<Grant>(tokenLifeSeconds * 1000);
  let last: Grant | undefined;
  return {
    issueCode(asked) {
      const code = opaqueValue();
      codes.set(code, {
        ...asked,
        authTime: Math.floor(Date.now() / 1000),
        codeExpiresAt: Date.now() + (asked.scenario.codeLifetimeMs ?? codeLifeMs),
        codeUsed: false,
        accessToken: null,
        seen: { token: 0, premiuminfo: 0 },
      });
      return code;
    },
    byCode: (code) => codes.get(code),
    issueToken(grant) {
      grant.accessToken = opaqueValue();
      last = grant;
      tokens.set(grant.accessToken, grant);
      return grant.accessToken;
    },
    revoke(grant) {
      grant.accessToken = null;
    },
    byToken(token) {
      const grant = tokens.get(token);
      return grant?.accessToken === token ? grant : undefined;
    },
    lastRedeemed: () => last,
    issued: () => [...codes.entries(), ...tokens.entries()].map(([value]) => value),
  };
}
