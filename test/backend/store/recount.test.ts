import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';

import { PATIENT } from '../../../backend/store/postgres/open-pool.ts';
import { openPostgresRunStore } from '../../../backend/store/postgres/postgres-run-store.ts';
import { fuzz } from '../../property/fuzz.ts';
import { askPostgres, startPostgres } from '../../support/postgres.ts';
import { endTogether, inOrder } from './end-together.ts';
import { recountProperty } from './recount-property.ts';
import { useSqliteFolder } from './sqlite-folder.ts';

describe('whatever is done to runs, the kept numbers are those of a recount (S16)', {
  timeout: 300_000,
}, () => {
  const data = useSqliteFolder();

  test('in SQLite, also by a backend that starts later', async () => {
    const store = await data.open();
    await fc.assert(recountProperty(store), fuzz(12));
    const before = await endTogether([store], 30);
    await store.close();
    const again = await data.open();
    expect(inOrder(await again.coverage({ rows: 'place', columns: 'campaign' }))).toEqual(inOrder(before));
    await again.close();
  });

  test('in PostgreSQL, also when backends end and delete runs of one cell at once (K10)', async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.close());
    const url = await postgres.database();
    const [one, two] = await Promise.all([
      openPostgresRunStore({ url, limits: PATIENT, instance: 'one' }),
      openPostgresRunStore({ url, limits: PATIENT, instance: 'two' }),
    ]);
    await fc.assert(recountProperty(one), fuzz(3));
    await endTogether([one, two], 60);
    expect(
      await askPostgres(url, 'select place from cells where cell_key is null and place is not null'),
    ).toEqual([]);
    await Promise.all([one.close(), two.close()]);
  });
});
