import { CompiledQuery, type Kysely, type RawBuilder } from 'kysely';

/** Of a parameter; an expression is part of the text instead, and the same each time. */
export type Value = string | number | null | RawBuilder<number>;

export const isExpression = (value: Value): value is RawBuilder<number> =>
  value !== null && typeof value === 'object';

/** For each database, since they number parameters in their own ways. */
const texts = new WeakMap<object, Map<string, string>>();
const LIMIT = 200;

/**
 * Runs the statement whose text `build` puts together, which is asked once for each key: that takes longer than the
 * statement itself. `values` are its parameters, in their order.
 */
export async function runKnown<R>(
  db: Pick<Kysely<unknown>, 'getExecutor' | 'executeQuery'>,
  key: string,
  build: () => string,
  values: readonly Value[],
): Promise<R[]> {
  const { adapter } = db.getExecutor();
  const known = texts.get(adapter) ?? new Map<string, string>();
  texts.set(adapter, known);
  const text = known.get(key) ?? build();
  if (known.size < LIMIT) known.set(key, text);
  const parameters = values.filter((value) => !isExpression(value));
  return (await db.executeQuery<R>(CompiledQuery.raw(text, parameters))).rows;
}
