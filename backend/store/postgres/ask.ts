import { hash } from 'node:crypto';
import type pg from 'pg';

/** Runs a statement and returns its rows. */
export type Ask = <R>(text: string, ...values: unknown[]) => Promise<R[]>;

/**
 * Statements that are made once and run by every run: the server keeps each connection's plan of them, since to plan one
 * takes it longer than to do it. `texts` are few, and hold no value.
 */
export function createAsk(on: Pick<pg.Pool, 'query'>): Ask {
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    const name = names.get(text) ?? hash('sha256', text, 'base64url').slice(0, 16);
    names.set(text, name);
    return name;
  };
  return async <R>(text: string, ...values: unknown[]) =>
    (await on.query({ name: nameOf(text), text, values })).rows as R[];
}
