import { renderUnicodeCompact } from 'uqr';

import { addKey, spentBecause } from '../access/access-key.ts';
import { offerKey, PAIRING_MS } from '../access/pairing.ts';
import { type AccessKey, type DoorStore, SCOPES, type Scope } from '../store/door/door-store.ts';
import { readSpan } from './span.ts';
import { tableOf } from './table.ts';

export const USAGE = `Who may use this backend:

  npm run keys -- add "Pixel 8 Berlin" [--scope run|read|admin] [--expires 30d] [--owner ID]
      makes a key, shows it once, and with it a pairing link for the extension
  npm run keys -- list
  npm run keys -- rotate ID [--overlap 1d] [--expires 30d]
      makes another key for the same person or device, whose runs stay theirs
  npm run keys -- revoke ID

Scope "run" (the usual one) makes runs and sees its own, "read" sees the team's, "admin" does everything.`;

export interface KeyTools {
  door: DoorStore;
  /** Where the backend is reached. */
  base: string;
  /** UTC milliseconds. */
  now: number;
}

type Options = Partial<Record<'scope' | 'expires' | 'owner' | 'overlap', string>>;
type Command = (words: string[], options: Options, tools: KeyTools) => Promise<string>;

/** Each returns what it prints, or throws a sentence that says what to do. */
export const KEY_COMMANDS: Record<string, Command> = {
  async add([label = '', ...rest], { scope, expires, owner }, tools) {
    if (label.trim() === '' || label.length > 80 || rest.length > 0)
      throw new Error('Name the person or device in one word or in quotes: add "Pixel 8 Berlin".');
    const ownerId = owner === undefined ? undefined : await ownerNamed(owner, tools.door);
    const { key, kept } = await addKey(
      tools.door,
      {
        label: label.trim(),
        scope: readScope(scope),
        expiresAt: expires === undefined ? null : tools.now + readSpan('--expires', expires),
        ...(ownerId === undefined ? {} : { ownerId }),
      },
      tools.now,
    );
    return shownOnce(key, kept, tools);
  },

  async list(_words, _options, { door, now }) {
    const keys = await door.keys();
    if (keys.length === 0) return 'No key yet. Make one: npm run keys -- add "Pixel 8 Berlin"';
    return tableOf(
      ['id', 'for', 'scope', 'state', 'made', 'last used', 'owner'],
      keys.map((key) => [
        key.id,
        key.label,
        key.scope,
        stateOf(key, now),
        dayOf(key.createdAt),
        key.lastUsedAt === null ? 'never' : dayOf(key.lastUsedAt),
        key.ownerId,
      ]),
    );
  },

  async rotate([id = ''], { overlap, expires }, tools) {
    const old = await keyNamed(id, tools.door);
    const spent = spentBecause(old, tools.now);
    if (spent)
      throw new Error(
        `${old.id} is ${spent}. Add a key for its owner: add "${old.label}" --owner ${old.ownerId}.`,
      );
    const { ownerId, label, scope } = old;
    const lasts = old.expiresAt === null ? null : tools.now + (old.expiresAt - old.createdAt);
    const expiresAt = expires === undefined ? lasts : tools.now + readSpan('--expires', expires);
    const { key, kept } = await addKey(tools.door, { ownerId, label, scope, expiresAt }, tools.now);
    if (overlap === undefined) await tools.door.revokeKey(old.id, tools.now);
    else {
      const endsAt = tools.now + readSpan('--overlap', overlap);
      await tools.door.endKeyAt(old.id, Math.min(endsAt, old.expiresAt ?? endsAt));
    }
    const ending = overlap === undefined ? 'is revoked' : `works for another ${overlap}`;
    return `${await shownOnce(key, kept, tools)}\n\nThe key before it, ${old.id}, ${ending}.`;
  },

  async revoke([id = ''], _options, { door, now }) {
    const key = await keyNamed(id, door);
    if (!(await door.revokeKey(key.id, now))) return `${key.id} (${key.label}) was revoked before.`;
    return `${key.id} (${key.label}) is revoked: it opens nothing from now on. Its runs stay.`;
  },
};

async function shownOnce(key: string, kept: AccessKey, { door, base, now }: KeyTools): Promise<string> {
  const link = `${base}/pair#${await offerKey(door, key, now)}`;
  const until = kept.expiresAt === null ? '' : `, until ${dayOf(kept.expiresAt)}`;
  return `${kept.id} for ${kept.label} (scope ${kept.scope}${until}).

Paste this pairing link into the extension. It works once, for ${PAIRING_MS / 60_000} minutes:
${link}

${renderUnicodeCompact(link, { border: 2 })}

Or, for a program, the access key. It is shown this once:
${key}`;
}

function readScope(scope: string | undefined): Scope {
  const known = SCOPES.find((one) => one === (scope ?? 'run'));
  if (known) return known;
  throw new Error(`There is no scope "${scope}". Give --scope run, read or admin.`);
}

/** By its id, or by what it was named if only one that works is named so. */
async function keyNamed(name: string, door: DoorStore): Promise<AccessKey> {
  const keys = await door.keys();
  const byId = keys.find(({ id }) => id === name);
  const byLabel = keys.filter(({ label, revokedAt }) => label === name && revokedAt === null);
  const found = byId ?? (byLabel.length === 1 ? byLabel[0] : undefined);
  if (found) return found;
  throw new Error(
    byLabel.length > 1
      ? `${byLabel.length} keys are named "${name}". Give the id of one: npm run keys -- list`
      : `There is no key "${name}". See which there are: npm run keys -- list`,
  );
}

async function ownerNamed(owner: string, door: DoorStore): Promise<string> {
  const keys = await door.keys();
  if (keys.some(({ ownerId }) => ownerId === owner)) return owner;
  throw new Error(`There is no owner "${owner}". The last column of "npm run keys -- list" has them.`);
}

function stateOf(key: AccessKey, now: number): string {
  const spent = spentBecause(key, now);
  if (spent) return spent;
  return key.expiresAt === null ? 'works' : `works until ${dayOf(key.expiresAt)}`;
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 16).replace('T', ' ');
