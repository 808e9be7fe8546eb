import { hop } from './play-hop.ts';

/** A host of the operator that no client was told of, in plain http: it only leads on. */
export const detourHop = hop('detour', () => ({}));
