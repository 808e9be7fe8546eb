import { randomBytes } from 'node:crypto';

import { HANDOFF_MS } from '#protocol/handoff.ts';

/**
 * What a phone's browser shows when it comes back, so that nobody else's callback is taken for its own. The prefix keeps
 * other hosts from setting it (RFC 6265bis §4.1.3); over http, which only this machine speaks, there is none.
 */
const nameFor = (publicUrl: string | null) =>
  publicUrl?.startsWith('https:') ? '__Host-nvi-handoff' : 'nvi-handoff';

const attributes = (publicUrl: string | null, seconds: number) =>
  `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${publicUrl?.startsWith('https:') ? '; Secure' : ''}`;

export const browserCookie = {
  newSecret: () => randomBytes(16).toString('base64url'),
  made: (secret: string, publicUrl: string | null) =>
    `${nameFor(publicUrl)}=${secret}; ${attributes(publicUrl, HANDOFF_MS / 1000)}`,
  gone: (publicUrl: string | null) => `${nameFor(publicUrl)}=; ${attributes(publicUrl, 0)}`,
  /** Null where the browser shows none. */
  read(header: string | undefined, publicUrl: string | null): string | null {
    const pairs = (header ?? '').split('; ').map((pair) => pair.split('='));
    const [, secret = ''] = pairs.find(([name]) => name === nameFor(publicUrl)) ?? [];
    return /^[\w-]{22}$/.test(secret) ? secret : null;
  },
};
