import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';

import { isLoopback } from '#protocol/redirect-uri.ts';

import { digestOfKey, spentBecause } from '../access/access-key.ts';
import type { AccessKey, DoorStore, Scope } from '../store/door/door-store.ts';
import type { Whose } from '../store/run-store.ts';
import { Refusal } from './failure-replies.ts';

/** The id that the manifest's fixed key gives Chromium builds. Firefox makes one up for every installation. */
const CHROMIUM_ORIGIN = 'chrome-extension://cmdemmhpidfdmoabohdnofigchdholce';
const FIREFOX_ORIGIN = /^moz-extension:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who calls, by the key they showed. */
export interface Caller {
  /** Null for the key of this machine, which is no entry of any list. */
  key: AccessKey | null;
  ownerId: string;
  scope: Scope;
  /** Whose runs they see. */
  sees: Whose;
}

/** What a route asks of a key. Whatever says nothing is for admins, so that a forgotten line opens no door. */
export type Needs = 'nothing' | 'any key' | 'runs' | 'admin';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
  }
  interface FastifyContextConfig {
    needs?: Needs;
    /** Also forms of the backend's own pages are let in, by their Origin. */
    isPage?: boolean;
  }
}

const FITTING: Record<Needs, readonly Scope[]> = {
  nothing: ['read', 'run', 'admin'],
  'any key': ['read', 'run', 'admin'],
  runs: ['run', 'admin'],
  admin: ['admin'],
};

/** The owner of what is done with the key of this machine. */
export const LOCAL_OWNER = 'local';

export interface AccessOptions {
  /** The key of this machine; null where every caller has one of their own. */
  localKey: string | null;
  door: DoorStore;
  /** Names that Host may have, beside those of this machine. */
  hosts: readonly string[];
  publicUrl: string | null;
  teamRuns: boolean;
  /** Throws where too many wrong keys came before. */
  refuseGuess(request: FastifyRequest): Promise<void>;
  now(): number;
}

/**
 * Who may come in. Host: names of this machine and those that were configured, which stops DNS rebinding. Origin, where
 * a browser sends one: only the extension's. Key: on every call but those of routes that need none.
 */
export function addAccess(app: FastifyInstance, options: AccessOptions): void {
  const { hosts, publicUrl, localKey, door, teamRuns, refuseGuess, now } = options;
  const findKey = sharedWhileAsked((digest) => door.keyOf(digest));
  const noteUse = usesNoted(door, now, (err) => app.log.warn({ err }, 'the use of a key could not be noted'));
  app.decorateRequest('caller', null as unknown as Caller);

  app.addHook('onRequest', async (request) => {
    const host = URL.parse(`http://${request.headers.host ?? ''}`)?.hostname;
    if (host === undefined || !(isLoopback(host) || hosts.includes(host))) {
      throw new Refusal('api.forbidden_host', whereToCall(publicUrl));
    }
    // By the route that matched, not by the URL: `/%76%31/runs` and `http://any/v1/runs` lead to `/v1/runs` as well.
    const { needs = 'admin', isPage = false } = request.routeOptions.config ?? {};
    const { origin } = request.headers;
    if (origin !== undefined && !isExtension(origin) && !(isPage && origin === publicUrl)) {
      throw new Refusal(
        'api.forbidden_origin',
        'Only the Number Verify Inspector extension may call this backend.',
      );
    }
    if (needs === 'nothing' && !request.is404) return;
    request.caller = await callerOf(request);
    if (request.is404 || FITTING[needs].includes(request.caller.scope)) return;
    throw new Refusal(
      'api.forbidden',
      `This access key has the scope "${request.caller.scope}", which does not allow this. Ask who runs the backend for one that does.`,
    );
  });

  const callerOf = async (request: FastifyRequest): Promise<Caller> => {
    const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (localKey !== null && isSame(given, localKey))
      return { key: null, ownerId: LOCAL_OWNER, scope: 'admin', sees: null };
    const key = given === '' ? null : await findKey(digestOfKey(given));
    const spent = key && spentBecause(key, now());
    if (!key || spent) {
      await refuseGuess(request);
      throw new Refusal(
        'api.unauthorized',
        spent
          ? `This access key has been ${spent === 'revoked' ? 'revoked' : 'valid until a while ago and has expired'}. Ask who runs the backend for a new pairing link.`
          : 'The access key is missing or wrong. Pair again with the line or link of the backend.',
      );
    }
    noteUse(key);
    const { ownerId, scope } = key;
    return { key, ownerId, scope, sees: scope === 'run' && !teamRuns ? ownerId : null };
  };
}

const isExtension = (origin: string) => origin === CHROMIUM_ORIGIN || FIREFOX_ORIGIN.test(origin);

const whereToCall = (publicUrl: string | null) =>
  publicUrl === null
    ? 'Call this backend by the address it printed, such as 127.0.0.1.'
    : `Call this backend by its address, ${publicUrl}.`;

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whoever asks the same while it is being asked shares the answer: a thousand requests of one key are one question. */
function sharedWhileAsked<T>(ask: (digest: string) => Promise<T>): (digest: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (digest) => {
    const known = underWay.get(digest);
    if (known) return known;
    const asked = ask(digest).finally(() => underWay.delete(digest));
    underWay.set(digest, asked);
    return asked;
  };
}

/** Milliseconds between two notes of one key's use. */
const NOTED_EVERY_MS = 60_000;

/** Nobody waits for it, and where it fails nothing is lost but a time in a list. */
function usesNoted(door: DoorStore, now: () => number, report: (error: unknown) => void) {
  const noted = new Map<string, number>();
  return ({ id, lastUsedAt }: AccessKey) => {
    const before = Math.max(lastUsedAt ?? 0, noted.get(id) ?? 0);
    if (now() - before < NOTED_EVERY_MS) return;
    noted.set(id, now());
    door.noteUse(id, now()).catch(report);
  };
}
