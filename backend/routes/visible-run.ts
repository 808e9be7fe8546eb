import type { FastifyRequest } from 'fastify';

import { Refusal } from '../plugins/failure-replies.ts';
import type { RunStore, StoredRun, Whose } from '../store/run-store.ts';

/** The run, if whoever asks may see it. To all others it does not exist. */
export async function visibleRun(
  store: RunStore,
  { caller }: Pick<FastifyRequest, 'caller'>,
  id: string,
): Promise<StoredRun> {
  const stored = await knownRun(store, id);
  if (caller.sees !== null && stored.run.ownerId !== caller.sees) throw noSuchRun();
  return stored;
}

/** The run, whoever asks. */
export async function knownRun(store: RunStore, id: string): Promise<StoredRun> {
  const stored = await store.read(id);
  if (!stored) throw noSuchRun();
  return stored;
}

const noSuchRun = () => new Refusal('api.not_found', 'This backend has no such run. Start a new one.');

/** The same, for who wants to change it: one's own, or any run for an admin. */
export async function ownRun(
  store: RunStore,
  request: Pick<FastifyRequest, 'caller'>,
  id: string,
): Promise<StoredRun> {
  const stored = await visibleRun(store, request, id);
  const { ownerId, scope } = request.caller;
  if (scope === 'admin' || stored.run.ownerId === ownerId) return stored;
  throw new Refusal('api.forbidden', 'This run is somebody else’s. Ask them, or who runs the backend.');
}

/** Whose runs a caller may change. */
export const ownOf = ({ scope, ownerId }: FastifyRequest['caller']): Whose =>
  scope === 'admin' ? null : ownerId;
